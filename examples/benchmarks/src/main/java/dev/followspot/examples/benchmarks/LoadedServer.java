package dev.followspot.examples.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A server that is asked by more and more callers. */
final class LoadedServer implements AutoCloseable {

  /** Few, so that a slow server has nothing left to do when it is measured. */
  private static final int WARM_UP_CALLERS = 2;

  /** Starts the server. */
  interface Start {
    ServerProcess start() throws IOException, InterruptedException;
  }

  /**
   * What is asked, and what has to come.
   *
   * @param path where the look-ups go
   * @param bodies what they send in turn
   * @param objects how many objects have to come
   * @param timeout how long an answer may take
   * @param warmUp how long a server is asked before it is measured
   */
  record Question(
      String path, List<String> bodies, int objects, Duration timeout, Duration warmUp) {}

  /**
   * What one server did for so many callers.
   *
   * @param server the name of the server
   * @param callers how many called at the same time
   * @param measured what they found
   * @param cpuSeconds the CPU time of the server
   * @param peakMebibytes the largest resident set of the server
   */
  record Row(
      String server, int callers, Measured measured, double cpuSeconds, double peakMebibytes) {

    static final String HEADER =
        """
        | scenario | callers | server | look-ups/s | p50 ms | p90 ms | p99 ms | max ms | failures | CPU s | CPU ms/look-up | peak RSS MiB |
        |---|---|---|---|---|---|---|---|---|---|---|---|""";

    /** As one line of a table in Markdown. */
    String line(String scenario) {
      int answers = measured.nanos().size();
      return "| %s | %d | %s | %s | %.1f | %s | %.0f |"
          .formatted(
              scenario,
              callers,
              server,
              measured.cells(),
              cpuSeconds,
              Measured.millis(answers == 0 ? Double.NaN : cpuSeconds * 1000 / answers),
              peakMebibytes);
    }
  }

  private final String name;
  private final Start start;
  private final Question question;
  private ServerProcess process;
  private Callers callers;

  /** Starts the server and warms it up. */
  LoadedServer(String name, Start start, Question question)
      throws IOException, InterruptedException {
    this.name = name;
    this.start = start;
    this.question = question;
    process = start.start();
    callers = callers();
    warmUp();
  }

  private Callers callers() {
    return new Callers(
        process.url().resolve(question.path()), question.bodies(), question.timeout());
  }

  private void warmUp() throws InterruptedException {
    callers.call(WARM_UP_CALLERS, question.warmUp(), -1);
  }

  /** Lets so many call at the same time. A server that is still busy or has ended starts anew. */
  Row measure(int number, Duration span) throws IOException, InterruptedException {
    if (!process.awaitCalm()) {
      close();
      process = start.start();
      callers = callers();
      warmUp();
      process.awaitCalm();
    }
    process.forgetPeak();
    double cpu = process.cpuSeconds();
    Measured measured;
    try {
      measured = callers.call(number, span, callers.check(question.objects()));
    } catch (IOException e) {
      measured = new Measured(List.of(), 0, Map.of("wrong answer: " + e.getMessage(), 1));
    }
    return new Row(
        name,
        number,
        measured,
        Math.max(process.cpuSeconds() - cpu, 0),
        process.peakResidentMebibytes());
  }

  @Override
  public void close() {
    callers.close();
    process.close();
  }
}
