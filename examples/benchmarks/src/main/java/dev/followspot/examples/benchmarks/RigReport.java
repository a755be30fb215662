package dev.followspot.examples.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;

/** What the look-ups of one run cost. */
final class RigReport {

  private final int rounds;
  private final double[] wall;
  private final double[] cpu;
  private double openMillis;
  private double firstMillis = -1;
  private double firstCpuMillis;
  private double cpuAtStart;
  private double cpuMillis;
  private long allocatedAtStart;
  private long allocated;
  private long collectedAtStart;
  private long collected;
  private int requests;
  private long documentBytes;
  private long errors;

  RigReport(int rounds) {
    this.rounds = rounds;
    this.wall = new double[rounds];
    this.cpu = new double[rounds];
  }

  void opened(double millis) {
    openMillis = millis;
  }

  /** The warm-up is over. */
  void begin() {
    collectedAtStart = Meters.collectionMillis();
    allocatedAtStart = Meters.allocatedBytes();
    cpuAtStart = Meters.cpuMillis();
  }

  /** The last look-up is over. */
  void end() {
    cpuMillis = Meters.cpuMillis() - cpuAtStart;
    allocated = Meters.allocatedBytes() - allocatedAtStart;
    collected = Meters.collectionMillis() - collectedAtStart;
  }

  /** One look-up, a negative number if it belongs to the warm-up. */
  void round(int number, double wallMillis, double processMillis) {
    if (firstMillis < 0) {
      firstMillis = wallMillis;
      firstCpuMillis = processMillis;
    }
    if (number >= 0) {
      wall[number] = wallMillis;
      cpu[number] = processMillis;
    }
  }

  void answer(int cells, long bytes, long wrong) {
    requests = cells;
    documentBytes = bytes;
    errors += wrong;
  }

  long errors() {
    return errors;
  }

  /** The report as the rig reads it. */
  String json(String label, RigScenario scenario, int warmup, long think) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("peer", label);
      json.writeStringField("scenario", scenario.name());
      json.writeStringField("net", scenario.net());
      json.writeNumberField("warmup", warmup);
      json.writeNumberField("rounds", rounds);
      json.writeNumberField("thinkMs", think);
      write(json, "wallMs", wall);
      write(json, "cpuMs", cpu);
      json.writeNumberField("cpuMeanMs", cpuMillis / rounds);
      json.writeNumberField("firstMs", firstMillis);
      json.writeNumberField("firstCpuMs", firstCpuMillis);
      json.writeNumberField("openMs", openMillis);
      json.writeNumberField("peakRssMiB", Meters.peakResidentMebibytes());
      json.writeNumberField("requests", requests);
      json.writeNumberField("bytes", -1);
      json.writeNumberField("docBytes", documentBytes);
      json.writeNumberField("errors", errors);
      json.writeNumberField("peakThreads", Meters.peakThreads());
      json.writeNumberField("gcMsPerLookup", collected / (double) rounds);
      json.writeNumberField("allocMiBPerLookup", allocated / 1048576.0 / rounds);
      json.writeStringField("runtime", "java " + Runtime.version().feature());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, double[] values) throws IOException {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    json.writeObjectFieldStart(name);
    json.writeNumberField("min", sorted[0]);
    json.writeNumberField(
        "med", sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    json.writeNumberField("max", sorted[sorted.length - 1]);
    json.writeEndObject();
  }
}
