package dev.followspot.core.extension;

import dev.followspot.core.extension.report.ProviderIssue;
import dev.followspot.spi.ExtensionFactory;
import dev.followspot.spi.Problem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the jars of a folder in a class loader of their own. */
final class PluginsDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

  private final @Nullable URLClassLoader loader;

  private PluginsDirectory(@Nullable URLClassLoader loader) {
    this.loader = loader;
  }

  /** No folder at all. */
  static PluginsDirectory none() {
    return new PluginsDirectory(null);
  }

  /** The class loader of the jars; none if there is no jar that can be read. */
  Optional<ClassLoader> loader() {
    return Optional.ofNullable(loader);
  }

  /** Closes the jars; a second call does nothing. */
  void close() {
    if (loader != null) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.warn("the jars of the folder of plugins cannot be closed: {}", Failures.shown(e));
      }
    }
  }

  /**
   * Opens the jars of a folder, in the order of their names.
   *
   * @return the folder, to be closed
   */
  static PluginsDirectory open(Path folder, List<ClassLoader> parents, IssueLog issues) {
    if (!Files.isDirectory(folder)) {
      String what = Files.exists(folder) ? "is no folder" : "is not there";
      issues.add(
          issue(
              folder,
              what + ": create it, or correct followspot.extensions.pluginsDirectory",
              null));
      return none();
    }
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException | RuntimeException e) {
      issues.add(issue(folder, "cannot be listed: " + Failures.shown(e), e));
    }
    List<URL> urls = new ArrayList<>();
    jars.stream().sorted().forEach(jar -> addIfReadable(jar, urls, issues));
    return urls.isEmpty()
        ? none()
        : new PluginsDirectory(
            new URLClassLoader("followspot-plugins", urls.toArray(URL[]::new), parent(parents)));
  }

  private static void addIfReadable(Path jar, List<URL> urls, IssueLog issues) {
    try (ZipFile opened = new ZipFile(jar.toFile())) {
      if (opened.size() > 0) {
        urls.add(url(jar));
      }
    } catch (IOException | RuntimeException e) {
      String message = "is no jar that can be read (" + Failures.shown(e) + "): copy it here again";
      issues.add(issue(jar, message, e));
    }
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /** The first class loader that knows the same SPI as the engine does. */
  private static @Nullable ClassLoader parent(List<ClassLoader> loaders) {
    for (ClassLoader each : loaders) {
      if (knowsSpi(each)) {
        return each;
      }
    }
    return ExtensionFactory.class.getClassLoader();
  }

  private static boolean knowsSpi(ClassLoader loader) {
    try {
      return loader.loadClass(ExtensionFactory.class.getName()) == ExtensionFactory.class;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static ProviderIssue issue(Path place, String message, @Nullable Throwable cause) {
    return new ProviderIssue(
        Problem.Severity.ERROR,
        null,
        "",
        null,
        place.toString(),
        message,
        cause == null ? null : cause.getClass().getName());
  }
}
