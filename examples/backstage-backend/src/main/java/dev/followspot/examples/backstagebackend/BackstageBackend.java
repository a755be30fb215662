package dev.followspot.examples.backstagebackend;

import dev.followspot.spi.ConfigurationException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** Serves what Backstage's Kubernetes backend serves. Without arguments it shows mock clusters. */
@Command(
    name = "backstage-backend",
    mixinStandardHelpOptions = true,
    versionProvider = BackstageBackend.Version.class,
    description = {
      "Serves Backstage's Kubernetes API at /api/kubernetes, and a dashboard at /.",
      "Without --config and --catalog it serves mock clusters, to look at."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  1    it cannot listen",
      "  2    the command line, the configuration or the catalog is wrong",
      "  143  it was told to end (SIGTERM), and did"
    })
public final class BackstageBackend implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int WRONG = 2;
  private static final int SIGNALLED = 128;

  /** When a shutdown that hangs is cut short. */
  private static final int SHUTDOWN_MILLIS = 1900;

  @Mixin private Options options = new Options();

  private BackstageBackend() {}

  /**
   * Runs the server until it is told to end.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new BackstageBackend())
            .setExecutionExceptionHandler((e, command, parsed) -> wrong(e))
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (Demo demo = options.demo() ? Demo.start() : null) {
      Setup setup = demo == null ? Setup.read(options, System.getenv()) : demo.setup(options);
      try (Backend backend = Backend.start(setup)) {
        AtomicInteger code = endOnSignal(backend);
        if (demo != null) {
          demo.explain(System.out, backend.url(), backend.dashboardUrl());
        }
        backend.join();
        return code.get();
      }
    }
  }

  /** The exit code of the signal, which is there before the backend ends by it. */
  private static AtomicInteger endOnSignal(Backend backend) {
    AtomicInteger first = new AtomicInteger();
    Signals.onEnd(
        number -> {
          int code = SIGNALLED + number;
          if (!first.compareAndSet(0, code)) {
            Runtime.getRuntime().halt(code);
          }
          daemon("end", () -> haltAfterShutdown(code));
          backend.close();
          System.exit(code);
        });
    return first;
  }

  private static void haltAfterShutdown(int code) {
    try {
      Thread.sleep(SHUTDOWN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(code);
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static int wrong(Exception e) throws Exception {
    if (e instanceof ConfigurationException) {
      System.err.println(e.getMessage());
      return WRONG;
    }
    if (e instanceof ListenException) {
      System.err.println(e.getMessage());
      return FAILED;
    }
    throw e;
  }

  /** The version that the jar was built as. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      @Nullable String version = BackstageBackend.class.getPackage().getImplementationVersion();
      return new String[] {"Followspot backend " + (version == null ? "(not built)" : version)};
    }
  }
}
