package dev.followspot.examples.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process has used so far. */
final class Meters {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Meters() {}

  /** CPU time in milliseconds, of the compiler and the collector, too. */
  static double cpuMillis() {
    return SYSTEM.getProcessCpuTime() / 1e6;
  }

  /** Bytes allocated by the threads that live; by all that ever lived on Java 21 and later. */
  static long allocatedBytes() {
    try {
      return (Long) ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes").invoke(THREADS);
    } catch (ReflectiveOperationException e) {
      long sum = 0;
      for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
        sum += Math.max(bytes, 0);
      }
      return sum;
    }
  }

  /** Time in which the collector stopped the process or worked, in milliseconds. */
  static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** The most threads at once, those of the JVM that run Java code included. */
  static int peakThreads() {
    return THREADS.getPeakThreadCount();
  }

  /** The largest resident set in MiB; 0 where the system does not tell. */
  static double peakResidentMebibytes() {
    return peakResidentMebibytes("self");
  }

  /** The same of another process. */
  static double peakResidentMebibytes(String process) {
    Path status = Path.of("/proc/" + process + "/status");
    try {
      return Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          / 1024.0;
    } catch (IOException e) {
      return 0;
    }
  }
}
