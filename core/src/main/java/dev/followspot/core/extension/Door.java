package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what wants to come in: classes, factories and their names. */
final class Door {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  /** Keys beside the settings of the extensions. */
  private static final Map<ExtensionPoint, String> SETTINGS =
      Map.of(ExtensionPoint.PERMISSIONS, "deny", ExtensionPoint.PROXY, "timeout");

  /** Why something stays outside. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ProviderIssue issue;

    Refused(ProviderIssue issue) {
      super(issue.toString());
      this.issue = issue;
    }

    ProviderIssue issue() {
      return issue;
    }
  }

  private Door() {}

  /**
   * The class with a name, not initialised.
   *
   * @param location where it was named
   */
  static Class<?> load(ExtensionPoint point, String className, ClassLoader loader, String location)
      throws Refused {
    try {
      return Class.forName(className, false, loader);
    } catch (ClassNotFoundException e) {
      String message =
          className.equals(e.getMessage())
              ? "the class is not there: correct its name in META-INF/services/"
                  + point.factoryType().getName()
                  + ", or build the jar anew"
              : Failures.explain(e, "its class loader");
      throw refused(point, className, location, message, e);
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      throw refused(point, className, location, Failures.explain(e, "its class loader"), e);
    }
  }

  /** Makes the factory, as {@link java.util.ServiceLoader} would. */
  static ExtensionFactory instantiate(ExtensionPoint point, Class<?> type, String location)
      throws Refused {
    if (!point.factoryType().isAssignableFrom(type)) {
      throw refused(point, type.getName(), location, noSubtype(point, type), null);
    }
    if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
      String message = "a factory is a public class that is not abstract; make it one";
      throw refused(point, type.getName(), location, message, null);
    }
    try {
      Constructor<?> constructor = type.getConstructor();
      return (ExtensionFactory) constructor.newInstance();
    } catch (NoSuchMethodException e) {
      String message = "has no public constructor without parameters; add one";
      throw refused(point, type.getName(), location, message, e);
    } catch (Throwable e) {
      Failures.throwIfFatal(Failures.unwrap(e));
      throw refused(point, type.getName(), location, Failures.explain(e, "its constructor"), e);
    }
  }

  private static String noSubtype(ExtensionPoint point, Class<?> type) {
    String wanted = point.factoryType().getName();
    Class<?> same = supertype(type, wanted);
    if (same == null) {
      return "does not implement "
          + wanted
          + ": implement it, or take the class out of the"
          + " services file";
    }
    String place = Places.of(same);
    return "implements the "
        + point.factoryType().getSimpleName()
        + " of another copy of followspot-spi"
        + (place.isEmpty() ? "" : " in " + place)
        + ": take that copy away";
  }

  private static @Nullable Class<?> supertype(@Nullable Class<?> type, String name) {
    if (type == null || type.getName().equals(name)) {
      return type;
    }
    for (Class<?> each : type.getInterfaces()) {
      Class<?> found = supertype(each, name);
      if (found != null) {
        return found;
      }
    }
    return supertype(type.getSuperclass(), name);
  }

  /** Asks a factory for its name and order, once. */
  static Candidate check(
      ExtensionPoint point, ExtensionFactory factory, Origin origin, String location)
      throws Refused {
    String className = factory.getClass().getName();
    String name;
    int order;
    try {
      name = factory.name();
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      throw refused(point, className, location, Failures.explain(e, "its name()"), e);
    }
    if (name == null || !NAME.matcher(name).matches()) {
      String shown = name == null ? "null" : "'" + Failures.clean(name) + "'";
      String message =
          "its name() is " + shown + "; a name has letters, digits, '-', '_' and '.', at least one";
      throw refused(point, className, location, message, null);
    }
    if (name.equals(SETTINGS.get(point))) {
      String key = "followspot." + point.key() + "." + name;
      String message =
          "its name() is '" + name + "', and " + key + " is a setting; choose another name";
      throw refused(point, className, location, message, null);
    }
    try {
      order = factory.order();
    } catch (Throwable e) {
      Failures.throwIfFatal(e);
      String message = Failures.explain(e, "its order()");
      throw new Refused(
          new ProviderIssue(
              Problem.Severity.ERROR,
              point,
              className,
              name,
              location,
              message,
              Failures.causeClass(e)));
    }
    return new Candidate(point, name, order, factory, origin, location);
  }

  static Refused refused(
      ExtensionPoint point,
      String provider,
      String location,
      String message,
      @Nullable Throwable cause) {
    return new Refused(
        new ProviderIssue(
            Problem.Severity.ERROR,
            point,
            provider,
            null,
            location,
            message,
            cause == null ? null : Failures.causeClass(cause)));
  }
}
