package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.Problem;
import org.jspecify.annotations.Nullable;

/** A factory that passed the door; its name and order were asked for once. */
final class Candidate {

  private final ExtensionPoint point;
  private final String name;
  private final int order;
  private final ExtensionFactory factory;
  private final Origin origin;
  private final String location;

  Candidate(
      ExtensionPoint point,
      String name,
      int order,
      ExtensionFactory factory,
      Origin origin,
      String location) {
    this.point = point;
    this.name = name;
    this.order = order;
    this.factory = factory;
    this.origin = origin;
    this.location = location;
  }

  ExtensionPoint point() {
    return point;
  }

  String name() {
    return name;
  }

  int order() {
    return order;
  }

  ExtensionFactory factory() {
    return factory;
  }

  Origin origin() {
    return origin;
  }

  String location() {
    return location;
  }

  String className() {
    return factory.getClass().getName();
  }

  @Nullable String version() {
    return Places.version(factory.getClass());
  }

  /** The class and where it is: {@code com.example.Vault in /plugins/vault.jar}. */
  String classAndJar() {
    return origin == Origin.BUILT_IN
        ? className() + ", built in"
        : className() + (location.isEmpty() ? "" : " in " + location);
  }

  /** What to call it in messages. */
  String label() {
    return shortLabel() + (origin == Origin.BUILT_IN ? "" : " (" + classAndJar() + ")");
  }

  /** What to call it in messages that callers get, who need not know where it is. */
  String shortLabel() {
    return "the " + point.displayName() + " '" + name + "'";
  }

  ProviderIssue issue(String message, @Nullable Throwable cause) {
    return new ProviderIssue(
        Problem.Severity.ERROR,
        point,
        className(),
        name,
        location,
        message,
        cause == null ? null : Failures.causeClass(cause));
  }

  @Override
  public String toString() {
    return label();
  }
}
