package dev.followspot.testkit;

import com.github.tomakehurst.wiremock.common.Notifier;

/** WireMock's log, of which nobody needs to hear: faults are wanted, and requests are kept. */
final class Silence implements Notifier {

  @Override
  public void info(String message) {}

  @Override
  public void error(String message) {}

  @Override
  public void error(String message, Throwable cause) {}
}
