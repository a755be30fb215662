package dev.followspot.core.auth;

import dev.followspot.spi.AuthStrategy;
import dev.followspot.spi.AuthStrategyContext;
import dev.followspot.spi.ExtensionConfig;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/** A context without configuration. */
record TestContext(Map<String, String> environment) implements AuthStrategyContext {

  @Override
  public ExtensionConfig config() {
    throw new AssertionError("there is nothing to configure");
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
  public AuthStrategy delegate(String name) {
    throw new AssertionError("there is nothing to decorate");
  }
}
