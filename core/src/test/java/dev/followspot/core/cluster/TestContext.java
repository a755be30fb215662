package dev.followspot.core.cluster;

import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.ClusterSupplier;
import dev.followspot.spi.ClusterSupplierContext;
import dev.followspot.spi.ExtensionConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/** What the engine gives a factory. */
record TestContext(ExtensionConfig config, Map<String, String> environment)
    implements ClusterSupplierContext {

  static TestContext of(String yaml) {
    return new TestContext(
        AppConfig.parse("app-config.yaml", yaml).resolve(Map.of()).root(), Map.of());
  }

  static TestContext of(Path file) {
    return new TestContext(AppConfig.read(file).resolve(Map.of()).root(), Map.of());
  }

  TestContext with(Map<String, String> variables) {
    return new TestContext(config, variables);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Executor executor() {
    return Runnable::run;
  }

  @Override
  public ClusterSupplier delegate(String name) {
    throw new UnsupportedOperationException(name);
  }
}
