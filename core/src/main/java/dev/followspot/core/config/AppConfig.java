package dev.followspot.core.config;

import dev.followspot.core.config.Node.Field;
import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Null;
import dev.followspot.core.config.Node.Place;
import dev.followspot.core.config.Node.Unset;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Configuration files as they were read, before variables and includes are filled in.
 *
 * <pre>{@code
 * Configuration configuration =
 *     AppConfig.read(Path.of("app-config.yaml"), Path.of("app-config.production.yaml"))
 *         .resolve(System.getenv());
 * }</pre>
 *
 * <p>Files merge as in Backstage: later ones win, objects merge deeply, lists and other values are
 * replaced, {@code null} makes a key absent whatever earlier files say. A value whose variable is
 * not set is left out, so that the value of an earlier file stays.
 *
 * <p>Immutable and safe for use by several threads. No message and no {@code toString} shows a
 * value of a file that fails to parse.
 */
public final class AppConfig {

  private static final String ALL = "*";

  private final List<Fields> documents;

  private AppConfig(List<Fields> documents) {
    this.documents = List.copyOf(documents);
  }

  /**
   * Reads configuration files.
   *
   * @param first a YAML file in UTF-8 with one document, which may be empty; at most 8 MiB
   * @param more further files; later ones win
   * @return the files
   * @throws ConfigurationException with every mistake of every file: it cannot be read, is no YAML,
   *     has a key twice, is no object, …
   */
  public static AppConfig read(Path first, Path... more) {
    ConfigProblems problems = new ConfigProblems();
    List<Fields> documents = new ArrayList<>();
    for (Path file : Stream.concat(Stream.of(first), Stream.of(more)).toList()) {
      String name = file.toString();
      Fields document =
          problems.read(
              () ->
                  document(
                      new Place(name, file.toAbsolutePath().getParent(), 0),
                      TextFiles.read(file, name, name, "")));
      if (document != null) {
        documents.add(document);
      }
    }
    problems.throwIfAny();
    return new AppConfig(documents);
  }

  /**
   * Reads a text. It has no folder, so that relative paths in it are mistakes.
   *
   * @param sourceName what to call the text in messages
   * @param yaml the text, with one document, which may be empty
   * @return the text as configuration
   * @throws ConfigurationException with every mistake of the text
   */
  public static AppConfig parse(String sourceName, String yaml) {
    return new AppConfig(
        List.of(document(new Place(sourceName, null, 0), TextFiles.checked(yaml, sourceName))));
  }

  private static Fields document(Place place, String text) {
    List<Node> nodes = YamlReader.documents(place, text);
    if (nodes.size() > 1) {
      throw new ConfigurationException(
          nodes.get(1).place().toString(),
          "",
          "a second document starts here; a configuration file holds one: remove the ---");
    }
    if (nodes.isEmpty() || nodes.get(0) instanceof Null) {
      return Fields.of(place, Map.of());
    }
    return object(nodes.get(0));
  }

  private static Fields object(Node node) {
    if (node instanceof Fields fields) {
      return fields;
    }
    throw new ConfigurationException(
        node.place().toString(),
        "",
        "the top level is of type " + node.type() + "; wanted an object such as kubernetes: …");
  }

  /**
   * Puts another configuration on top of this one.
   *
   * @param later wins over this one
   * @return both
   */
  public AppConfig and(AppConfig later) {
    return new AppConfig(Stream.concat(documents.stream(), later.documents.stream()).toList());
  }

  /**
   * Leaves out what is not needed, so that variables and files that only other programs have are
   * not missed. Includes stay on the way to what is needed.
   *
   * @param keys keys of the top level, such as {@code kubernetes}, or one below it, such as {@code
   *     backend.auth}
   * @return a configuration with these keys only
   */
  public AppConfig only(String... keys) {
    Map<String, Set<String>> wanted = new HashMap<>();
    for (String key : keys) {
      int dot = key.indexOf('.');
      Set<String> below =
          wanted.computeIfAbsent(dot < 0 ? key : key.substring(0, dot), top -> new HashSet<>());
      below.add(dot < 0 ? ALL : key.substring(dot + 1));
    }
    return new AppConfig(documents.stream().map(document -> only(document, wanted)).toList());
  }

  private static Fields only(Fields document, Map<String, Set<String>> wanted) {
    Map<String, Field> kept = kept(document, wanted.keySet());
    kept.replaceAll(
        (key, field) -> {
          Set<String> below = wanted.getOrDefault(key, Set.of(ALL));
          return below.contains(ALL) || !(field.node() instanceof Fields fields)
              ? field
              : new Field(field.place(), Fields.of(fields.place(), kept(fields, below)));
        });
    return Fields.of(document.place(), kept);
  }

  private static Map<String, Field> kept(Fields fields, Set<String> wanted) {
    Map<String, Field> kept = new LinkedHashMap<>(fields.map());
    kept.keySet().removeIf(key -> !wanted.contains(key) && !Resolver.INCLUDES.contains(key));
    return kept;
  }

  /**
   * Fills in variables ({@code ${NAME}}, <code>${NAME:-default}</code>; <code>$$&#123;</code>
   * stands for itself) and includes ({@code $env}, {@code $file}, {@code $include}), and merges the
   * files.
   *
   * <p>Paths start at the folder of the file that holds them and may lead out of it, as in
   * Backstage; {@link Configuration#files()} lists what was read. A value with a variable that is
   * not set and has no default is absent, and so listed by {@link Configuration#unsetVariables()}.
   *
   * @param environment the variables, by name
   * @return the configuration
   * @throws ConfigurationException with every include that fails
   */
  public Configuration resolve(Map<String, String> environment) {
    IncludedFiles files = new IncludedFiles();
    Resolver resolver = new Resolver(environment, files);
    List<Fields> resolved = new ArrayList<>();
    for (Fields document : documents) {
      Node node = resolver.resolve(document);
      Fields object =
          resolver.problems().read(() -> node instanceof Unset ? null : object(orEmpty(node)));
      if (object != null) {
        resolved.add(object);
      }
    }
    resolver.problems().throwIfAny();
    Fields merged = Fields.of(Place.NONE, Map.of());
    for (Fields document : resolved) {
      merged = Merge.objects(merged, document);
    }
    return new Configuration(merged, environment, files.read(), resolver.unset());
  }

  private static Node orEmpty(Node node) {
    return node instanceof Null ? Fields.of(node.place(), Map.of()) : node;
  }

  /** How many files there are, and nothing that they hold. */
  @Override
  public String toString() {
    return "AppConfig[" + documents.size() + " files]";
  }
}
