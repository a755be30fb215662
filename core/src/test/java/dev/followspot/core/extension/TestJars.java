package dev.followspot.core.extension;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles sources to real jars with services files, as the authors of extensions do, and damages
 * them on demand.
 *
 * <pre>{@code
 * Path jar = TestJars.jar("vault").source("package x; public class Vault …")
 *     .service(AuthStrategyFactory.class, "x.Vault").build(folder);
 * }</pre>
 */
final class TestJars {

  private static final Pattern PACKAGE = Pattern.compile("package\\s+([\\w.]+)\\s*;");
  private static final Pattern TYPE =
      Pattern.compile("public\\s+(?:abstract\\s+|final\\s+)?(?:class|interface)\\s+(\\w+)");

  private final String name;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, StringBuilder> services = new LinkedHashMap<>();
  private final Set<String> dropped = new LinkedHashSet<>();
  private final Map<String, Integer> javaVersions = new LinkedHashMap<>();

  private TestJars(String name) {
    this.name = name;
  }

  /** Starts a jar that is called {@code <name>.jar}. */
  static TestJars jar(String name) {
    return new TestJars(name);
  }

  /** Adds a source; its file is called after its public class. */
  TestJars source(String java) {
    sources.put(className(java), java);
    return this;
  }

  /** Adds a line to a services file; usually the name of a class. */
  TestJars service(Class<?> service, String line) {
    services
        .computeIfAbsent("META-INF/services/" + service.getName(), file -> new StringBuilder())
        .append(line)
        .append('\n');
    return this;
  }

  /** Adds lines to a services file. */
  TestJars services(Class<?> service, String... lines) {
    for (String line : lines) {
      service(service, line);
    }
    return this;
  }

  /** Leaves a compiled class out of the jar. */
  TestJars without(String className) {
    dropped.add(className.replace('.', '/') + ".class");
    return this;
  }

  /** Marks a class as compiled for another Java. */
  TestJars compiledFor(String className, int java) {
    javaVersions.put(className.replace('.', '/') + ".class", java);
    return this;
  }

  /** Writes the jar. */
  Path build(Path folder) {
    try {
      Path classes = Files.createTempDirectory(folder, name + "-classes");
      if (!sources.isEmpty()) {
        compile(classes);
      }
      Path jar = folder.resolve(name + ".jar");
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file)) {
        for (Path each : files(classes)) {
          String entry = classes.relativize(each).toString().replace('\\', '/');
          if (!dropped.contains(entry)) {
            write(out, entry, patched(entry, Files.readAllBytes(each)));
          }
        }
        for (Map.Entry<String, StringBuilder> service : services.entrySet()) {
          write(
              out,
              service.getKey(),
              service.getValue().toString().getBytes(StandardCharsets.UTF_8));
        }
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class loader for jars, above it what the tests themselves see. */
  static URLClassLoader loader(Path... jars) {
    try {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars) {
        urls.add(jar.toUri().toURL());
      }
      return new URLClassLoader(urls.toArray(URL[]::new), TestJars.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(JarOutputStream out, String entry, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    out.write(content);
    out.closeEntry();
  }

  private byte[] patched(String entry, byte[] classFile) {
    Integer java = javaVersions.get(entry);
    if (java != null) {
      int major = java + 44;
      classFile[6] = (byte) (major >> 8);
      classFile[7] = (byte) major;
    }
    return classFile;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void compile(Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> mistakes = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(mistakes, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath());
      List<JavaFileObject> units = new ArrayList<>();
      sources.forEach((type, java) -> units.add(new Source(type, java)));
      List<String> options = List.of("-proc:none", "--release", "17");
      if (!compiler.getTask(null, files, mistakes, options, null, units).call()) {
        throw new IllegalArgumentException(mistakes.getDiagnostics().toString());
      }
    }
  }

  private static List<Path> classPath() {
    Set<Path> paths = new LinkedHashSet<>();
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String value = System.getProperty(property, "");
      for (String each : value.split(Pattern.quote(java.io.File.pathSeparator), -1)) {
        if (!each.isEmpty()) {
          paths.add(Path.of(each));
        }
      }
    }
    return List.copyOf(paths);
  }

  private static String className(String java) {
    if (java.startsWith("module ")) {
      return "module-info";
    }
    Matcher type = TYPE.matcher(java);
    if (!type.find()) {
      throw new IllegalArgumentException("no public class in " + java);
    }
    Matcher holder = PACKAGE.matcher(java);
    return (holder.find() ? holder.group(1) + "." : "") + type.group(1);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String java;

    Source(String type, String java) {
      super(URI.create("string:///" + type.replace('.', '/') + ".java"), Kind.SOURCE);
      this.java = java;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return java;
    }
  }
}
