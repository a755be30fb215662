package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ExtensionPoint;
import dev.followspot.core.extension.report.LoadedExtension.Origin;
import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.ExtensionFactory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds factories in class loaders: those that services files name, and those of named modules. One
 * that is broken becomes an issue, and the search goes on after it.
 */
final class Discovery {

  /** A loader that keeps failing is left alone after so many failures. */
  private static final int MAX_FAILURES = 1000;

  private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}_$.]+");

  private final IssueLog issues;
  private final Set<Class<?>> seen = new HashSet<>();
  private final Set<String> seenPoints = new HashSet<>();
  private final Set<String> seenFiles = new HashSet<>();
  private final Set<String> seenFailures = new HashSet<>();
  private final Map<Class<?>, String> listedInModules = new LinkedHashMap<>();
  private final List<Candidate> found = new ArrayList<>();

  Discovery(IssueLog issues) {
    this.issues = issues;
  }

  /** Classes that are there without being discovered: they are not discovered besides. */
  void known(Class<?> factory) {
    seen.add(factory);
  }

  List<Candidate> found() {
    return List.copyOf(found);
  }

  void search(ClassLoader loader, Origin origin) {
    for (ExtensionPoint point : ExtensionPoint.values()) {
      searchFiles(point, loader, origin);
      if (origin != Origin.PLUGINS_DIRECTORY) {
        searchModules(point, loader, origin);
      }
    }
  }

  private void searchFiles(ExtensionPoint point, ClassLoader loader, Origin origin) {
    String path = "META-INF/services/" + point.factoryType().getName();
    List<URL> files = new ArrayList<>();
    try {
      // A folder of plugins stands for its own jars, and not for what their loader inherits.
      Enumeration<URL> resources =
          origin == Origin.PLUGINS_DIRECTORY && loader instanceof URLClassLoader plugins
              ? plugins.findResources(path)
              : loader.getResources(path);
      while (resources.hasMoreElements()) {
        files.add(resources.nextElement());
      }
    } catch (IOException | RuntimeException e) {
      String message = "cannot be searched: " + Failures.shown(e);
      issues.add(Door.refused(point, "", loader.toString(), message, e).issue());
    }
    for (URL file : files) {
      if (seenFiles.add(file.toString())) {
        readFile(point, file, loader, origin);
      }
    }
  }

  private void readFile(ExtensionPoint point, URL file, ClassLoader loader, Origin origin) {
    String jar = Places.of(file);
    List<ServicesFile.Line> lines;
    try {
      lines = ServicesFile.read(file);
    } catch (IOException | RuntimeException e) {
      String message = "its services file cannot be read: " + Failures.shown(e);
      issues.add(Door.refused(point, "", jar, message, e).issue());
      return;
    }
    for (ServicesFile.Line line : lines) {
      if (line.isClassName()) {
        addClass(point, line.text(), loader, jar, origin);
      } else {
        String message =
            "is no class name: correct line "
                + line.number()
                + " of META-INF/services/"
                + point.factoryType().getName();
        String shown = "'" + Failures.clean(line.text()) + "'";
        issues.add(Door.refused(point, shown, jar, message, null).issue());
      }
    }
  }

  private void addClass(
      ExtensionPoint point, String className, ClassLoader loader, String jar, Origin origin) {
    try {
      Class<?> type = Door.load(point, className, loader, jar);
      String place = Places.of(type);
      String location = place.isEmpty() ? jar : place;
      // Another class of another loader is another provider, even under the same name.
      if (type.getModule().isNamed()) {
        listedInModules.put(type, jar);
        return;
      }
      if (!isNew(point, type)) {
        tellShadowed(point, type, jar, location, loader, origin);
        return;
      }
      ExtensionFactory factory = Door.instantiate(point, type, location);
      found.add(Door.check(point, factory, origin, location));
    } catch (Door.Refused e) {
      seenFailures.add(className);
      issues.add(e.issue());
    }
  }

  /** Two versions of one plugin: the jar whose name comes first would win without a word. */
  private void tellShadowed(
      ExtensionPoint point,
      Class<?> type,
      String jar,
      String used,
      ClassLoader loader,
      Origin origin) {
    boolean ofPlugins = origin == Origin.PLUGINS_DIRECTORY && type.getClassLoader() == loader;
    if (!ofPlugins || jar.equals(used)) {
      return;
    }
    String file = type.getName().replace('.', '/') + ".class";
    if (loader instanceof URLClassLoader plugins && isIn(jar, plugins, file)) {
      String message = "is also in " + used + ", which is used: take one of the two jars away";
      issues.add(Door.refused(point, type.getName(), jar, message, null).issue());
    }
  }

  private static boolean isIn(String jar, URLClassLoader loader, String file) {
    try {
      return Collections.list(loader.findResources(file)).stream()
          .anyMatch(copy -> Places.of(copy, file).equals(jar));
    } catch (IOException e) {
      return false;
    }
  }

  /** A class may extend several points, and is made once for each. */
  private boolean isNew(ExtensionPoint point, Class<?> type) {
    return !seen.contains(type) && seenPoints.add(point.key() + ' ' + identity(type));
  }

  private static String identity(Class<?> type) {
    return type.getName() + '@' + System.identityHashCode(type);
  }

  private void searchModules(ExtensionPoint point, ClassLoader loader, Origin origin) {
    Iterator<? extends ServiceLoader.Provider<? extends ExtensionFactory>> providers =
        load(point.factoryType(), loader);
    int failures = 0;
    while (providers != null && failures < MAX_FAILURES) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        ServiceLoader.Provider<? extends ExtensionFactory> provider = providers.next();
        if (provider.type().getModule().isNamed() && isNew(point, provider.type())) {
          addProvider(point, provider, origin);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        // A class of a module that cannot be linked is a ServiceConfigurationError; anything else
        // is of the class path, where it was told already.
        if (e instanceof ServiceConfigurationError) {
          failed(point, loader, e);
        }
      }
    }
    listedInModules.forEach(
        (type, jar) -> {
          if (isNew(point, type)) {
            issues.add(notProvided(point, type, jar));
          }
        });
    listedInModules.clear();
  }

  private static ProviderIssue notProvided(ExtensionPoint point, Class<?> type, String jar) {
    String service = point.factoryType().getName();
    String message =
        "is in the services file of a module, where only module-info counts: add 'provides "
            + service
            + " with "
            + type.getName()
            + "' to the module "
            + type.getModule().getName();
    return Door.refused(point, type.getName(), jar, message, null).issue();
  }

  private void addProvider(
      ExtensionPoint point,
      ServiceLoader.Provider<? extends ExtensionFactory> provider,
      Origin origin) {
    Class<?> type = provider.type();
    String location = Places.of(type);
    try {
      found.add(Door.check(point, provider.get(), origin, location));
    } catch (Door.Refused e) {
      issues.add(e.issue());
    } catch (Throwable e) {
      Failures.throwIfFatal(Failures.unwrap(e));
      String message = Failures.explain(e, "its constructor");
      issues.add(Door.refused(point, type.getName(), location, message, e).issue());
    }
  }

  /** What services files have wrong was told already, with the jar, which is not known here. */
  private void failed(ExtensionPoint point, ClassLoader loader, Throwable failure) {
    Throwable inner = Failures.unwrap(failure);
    String message = String.valueOf(failure.getMessage());
    String shown = Failures.explain(inner, loader.toString());
    boolean ofFile =
        message.contains("META-INF/services/")
            || Arrays.stream(NO_NAME.split(message)).anyMatch(seenFailures::contains)
            || message.contains("not a subtype");
    if (!ofFile) {
      issues.add(Door.refused(point, "", "", shown, inner).issue());
    }
  }

  private static <F extends ExtensionFactory> @Nullable Iterator<ServiceLoader.Provider<F>> load(
      Class<F> type, ClassLoader loader) {
    try {
      return ServiceLoader.load(type, loader).stream().iterator();
    } catch (ServiceConfigurationError e) {
      return null;
    }
  }
}
