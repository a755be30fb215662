package dev.followspot.spi;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/** What every factory is given when it creates its extension. */
public interface ExtensionContext {

  /**
   * The extension's own configuration. For a cluster supplier that is its entry of {@code
   * kubernetes.clusterLocatorMethods}, for a service locator {@code
   * kubernetes.serviceLocatorMethod}, for every other extension {@code followspot.<point>.<name>},
   * such as {@code followspot.fetcher.stamping}.
   *
   * @return the configuration, without any key if there is none
   */
  ExtensionConfig config();

  /**
   * The clock that tells the time of day.
   *
   * @return the clock
   */
  Clock clock();

  /**
   * Runs short work that does not block.
   *
   * @return the executor; it is the engine's and must not be shut down
   */
  Executor executor();

  /**
   * The environment variables that the application passed along; the process's own are never read.
   *
   * @return variables by name, possibly none
   */
  Map<String, String> environment();
}
