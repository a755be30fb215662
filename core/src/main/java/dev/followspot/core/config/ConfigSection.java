package dev.followspot.core.config;

import dev.followspot.core.config.Node.Field;
import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Items;
import dev.followspot.core.config.Node.Null;
import dev.followspot.core.config.Node.Place;
import dev.followspot.core.config.Node.Scalar;
import dev.followspot.core.config.Node.Unset;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.ExtensionConfig;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An object of the configuration. Types are checked as Backstage does: a text must be a text
 * ({@code 5} needs quotes), while numbers and booleans may be written as texts, since that is what
 * variables give. {@code null}, an empty text and a text with an unset variable count as absent.
 *
 * <p>A section remembers which keys were asked for, and hands out the same section for the same
 * key. Safe for use by several threads.
 */
public final class ConfigSection implements ExtensionConfig {

  private final String path;
  private final Place place;
  private final Fields fields;
  private final AskedKeys asked = new AskedKeys();

  ConfigSection(String path, Place place, Fields fields) {
    this.path = path;
    this.place = place;
    this.fields = fields;
  }

  /**
   * A section without keys.
   *
   * @param path what to call the section in messages
   * @return a new section
   */
  public static ConfigSection empty(String path) {
    return new ConfigSection(path, Place.NONE, Fields.of(Place.NONE, Map.of()));
  }

  /**
   * Where this section is in the configuration.
   *
   * @return such as {@code kubernetes.clusterLocatorMethods[0]}; empty for the top level
   */
  public String path() {
    return path;
  }

  /**
   * The file and line of this section.
   *
   * @return such as {@code app-config.yaml:12}; empty if the section is absent or from no file
   */
  public String location() {
    return place.toString();
  }

  /**
   * The file and line of a key.
   *
   * @param key the key
   * @return such as {@code app-config.yaml:12}; that of this section if the key is absent
   */
  public String location(String key) {
    Field field = fields.map().get(key);
    String location = field == null ? "" : field.place().toString();
    return location.isEmpty() ? location() : location;
  }

  @Override
  public String string(String key) {
    return optionalString(key).orElseThrow(() -> missing(key, "a text"));
  }

  @Override
  public Optional<String> optionalString(String key) {
    return text(key, "string").map(Scalar::text);
  }

  /**
   * A secret that may be absent: its value never shows in a message.
   *
   * @param key the key
   * @return the secret, without white space at its end
   */
  @Override
  public Optional<Secret> optionalSecret(String key) {
    Node node = present(key);
    if (node == null) {
      return Optional.empty();
    }
    if (node instanceof Scalar scalar && scalar.value() instanceof String) {
      return Optional.of(Secret.of(scalar.text().stripTrailing()));
    }
    throw problem(
        key,
        "Invalid type, got "
            + node.type()
            + " (a value that is not shown), wanted string"
            + (node instanceof Scalar ? "; put it in quotes" : ""));
  }

  @Override
  public URI uri(String key) {
    return optionalUri(key).orElseThrow(() -> missing(key, "an http or https address"));
  }

  @Override
  public Optional<URI> optionalUri(String key) {
    String wanted = "an http or https address with a host, such as https://10.0.0.1:6443";
    return text(key, "string")
        .map(text -> ValueFormats.address(text.text()).orElseThrow(() -> wrong(key, text, wanted)));
  }

  @Override
  public Optional<Path> optionalPath(String key) {
    return text(key, "string").map(text -> path(key, fields.map().get(key), text));
  }

  @Override
  public Optional<List<Path>> optionalPaths(String key) {
    return textList(key, (name, text) -> path(name, null, text));
  }

  private Path path(String key, @Nullable Field field, Scalar text) {
    Path file;
    try {
      file = Path.of(text.text());
    } catch (InvalidPathException e) {
      throw wrong(key, field, text, "the path of a file");
    }
    Path folder = text.place().folder();
    if (folder == null && !file.isAbsolute()) {
      throw wrong(key, field, text, "an absolute path, since this value comes from no file");
    }
    return folder == null ? file.normalize() : folder.resolve(file).normalize();
  }

  @Override
  public Optional<Boolean> optionalBoolean(String key) {
    return scalar(key, "boolean")
        .map(
            scalar ->
                ValueFormats.bool(scalar)
                    .orElseThrow(() -> wrong(key, scalar, "boolean: true or false")));
  }

  @Override
  public Optional<Long> optionalInteger(String key, long min, long max) {
    String wanted = "a whole number from " + min + " to " + max;
    return scalar(key, wanted)
        .map(
            scalar ->
                ValueFormats.integer(scalar)
                    .filter(number -> number >= min && number <= max)
                    .orElseThrow(() -> wrong(key, scalar, wanted)));
  }

  @Override
  public Optional<Duration> optionalDuration(String key) {
    String wanted = "a duration such as 10s, 500ms, 2m, 1h, PT10S or { seconds: 10 }";
    Node node = present(key);
    if (node == null) {
      return Optional.empty();
    }
    Optional<Duration> duration = Optional.empty();
    if (node instanceof Fields units) {
      asked.wholly(key);
      duration = ValueFormats.duration(units);
    } else if (node instanceof Scalar scalar) {
      duration = ValueFormats.duration(scalar.text());
    }
    return Optional.of(duration.orElseThrow(() -> wrong(key, node, wanted)));
  }

  @Override
  public Optional<List<String>> optionalStrings(String key) {
    return textList(key, (name, text) -> text.text());
  }

  private <T> Optional<List<T>> textList(String key, BiFunction<String, Scalar, T> reader) {
    Node node = present(key);
    if (node == null) {
      return Optional.empty();
    }
    if (!(node instanceof Items items)) {
      throw wrong(key, node, "string-array: put texts in [ ], separated by commas");
    }
    ConfigProblems problems = new ConfigProblems();
    List<T> values = new ArrayList<>();
    int index = 0;
    for (Node item : items.nodes()) {
      String name = key + "[" + index++ + "]";
      if (item instanceof Scalar text && text.value() instanceof String && !text.isEmptyText()) {
        T value = problems.read(() -> reader.apply(name, text));
        if (value != null) {
          values.add(value);
        }
      } else if (!(item instanceof Unset)) {
        problems.add(wrongItem(name, item, "string"));
      }
    }
    problems.throwIfAny();
    return Optional.of(List.copyOf(values));
  }

  @Override
  public Map<String, String> stringMap(String key) {
    Node node = present(key);
    if (node == null) {
      return Map.of();
    }
    if (!(node instanceof Fields below)) {
      throw wrong(key, node, "object");
    }
    asked.wholly(key);
    ConfigProblems problems = new ConfigProblems();
    Map<String, String> texts = new LinkedHashMap<>();
    below
        .map()
        .forEach(
            (name, field) -> {
              if (field.node() instanceof Scalar scalar) {
                if (!scalar.isEmptyText()) {
                  texts.put(name, scalar.text());
                }
              } else if (!isAbsent(field.node())) {
                String shown = key + "." + KeyPath.shown(name);
                problems.add(wrongItem(shown, field.place(), field.node(), "string"));
              }
            });
    problems.throwIfAny();
    return Collections.unmodifiableMap(texts);
  }

  /**
   * An object below this one, for chained reads.
   *
   * @param key the key
   * @return the object; without keys if the key is absent
   */
  public ConfigSection section(String key) {
    Node node = present(key);
    if (node == null) {
      return asked.section(key, () -> empty(KeyPath.join(path, key)));
    }
    if (!(node instanceof Fields below)) {
      throw wrong(key, node, "object");
    }
    Field field = fields.map().get(key);
    Place here = field == null ? below.place() : field.place();
    return asked.section(key, () -> new ConfigSection(KeyPath.join(path, key), here, below));
  }

  @Override
  public Optional<ExtensionConfig> optionalSection(String key) {
    return present(key) == null ? Optional.empty() : Optional.of(section(key));
  }

  @Override
  public List<ExtensionConfig> sections(String key) {
    return List.copyOf(sectionList(key));
  }

  /**
   * A list of objects, as {@link #sections(String)} with the methods of this class.
   *
   * @param key the key
   * @return the objects, empty if the key is absent
   * @throws ConfigurationException if the key is no list, or with every item that is no object
   */
  public List<ConfigSection> sectionList(String key) {
    Node node = present(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof Items items)) {
      throw wrong(key, node, "object-array: start each object with a dash");
    }
    ConfigProblems problems = new ConfigProblems();
    List<ConfigSection> sections = new ArrayList<>();
    int index = 0;
    for (Node item : items.nodes()) {
      String name = key + "[" + index++ + "]";
      if (item instanceof Fields below) {
        sections.add(
            asked.section(
                name, () -> new ConfigSection(KeyPath.join(path, name), below.place(), below)));
      } else if (!(item instanceof Unset)) {
        problems.add(wrongItem(name, item, "object"));
      }
    }
    problems.throwIfAny();
    return List.copyOf(sections);
  }

  /**
   * Everything below a key as plain values; all of it counts as asked for.
   *
   * @param key the key
   * @return an unchangeable {@code Map<String, Object>} or {@code List<Object>}, a String, Long,
   *     Double or Boolean; in maps and lists also null; empty if the key is absent
   */
  @Override
  public Optional<Object> raw(String key) {
    Node node = present(key);
    asked.wholly(key);
    return node == null ? Optional.empty() : Optional.of(PlainValues.toPlain(node));
  }

  /**
   * The keys that are there and not absent. They do not count as asked for by that.
   *
   * @return the keys in the order of the file
   */
  @Override
  public Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    fields
        .map()
        .forEach(
            (key, field) -> {
              if (!isAbsent(field.node())) {
                keys.add(key);
              }
            });
    return Collections.unmodifiableSet(keys);
  }

  @Override
  public ConfigurationException problem(String key, String message) {
    String cause = fields.get(key) instanceof Unset unset ? " (" + unset.reason() + ")" : "";
    return new ConfigurationException(
        key.isEmpty() ? location() : location(key), KeyPath.join(path, key), message + cause);
  }

  /**
   * The keys that are there but that nobody asked for, here and in the sections that were asked
   * for.
   *
   * @return a warning for each, with the nearest key that was asked for and all that were, in the
   *     order of the file
   */
  public List<ConfigProblem> unusedKeys() {
    List<ConfigProblem> unused = new ArrayList<>();
    fields
        .map()
        .forEach(
            (key, field) -> {
              if (!asked.contains(key)) {
                String whole = KeyPath.join(path, KeyPath.shown(key));
                unused.add(new ConfigProblem(location(key), whole, asked.unknown(key)));
              } else if (!asked.isWholly(key)) {
                asked.sectionsAt(key).forEach(below -> unused.addAll(below.unusedKeys()));
              }
            });
    return unused;
  }

  /** The value at a key, which counts as asked for from now on; null if it is absent. */
  private @Nullable Node present(String key) {
    asked.add(key);
    Node node = fields.get(key);
    return node == null || isAbsent(node) ? null : node;
  }

  private static boolean isAbsent(Node node) {
    return node instanceof Null
        || node instanceof Unset
        || (node instanceof Scalar scalar && scalar.isEmptyText());
  }

  private Optional<Scalar> scalar(String key, String wanted) {
    Node node = present(key);
    if (node == null || node instanceof Scalar) {
      return Optional.ofNullable((Scalar) node);
    }
    throw wrong(key, node, wanted);
  }

  private Optional<Scalar> text(String key, String wanted) {
    Optional<Scalar> scalar = scalar(key, wanted);
    if (scalar.isPresent() && !(scalar.get().value() instanceof String)) {
      throw wrong(key, scalar.get(), wanted + "; put it in quotes");
    }
    return scalar;
  }

  private ConfigurationException missing(String key, String wanted) {
    Node node = fields.get(key);
    if (node instanceof Unset unset) {
      return new ConfigurationException(
          location(key), KeyPath.join(path, key), unset.reason() + "; this key needs " + wanted);
    }
    if (node instanceof Scalar scalar) {
      String origin = scalar.origin() == null ? "" : " (" + scalar.origin() + ")";
      return problem(key, "is empty" + origin + "; this key needs " + wanted);
    }
    return problem(key, "is missing; this key needs " + wanted + asked.meant(key, keys()));
  }

  private ConfigurationException wrong(String key, Node node, String wanted) {
    return wrong(key, fields.map().get(key), node, wanted);
  }

  private ConfigurationException wrong(
      String key, @Nullable Field field, Node node, String wanted) {
    return new ConfigurationException(List.of(wrongItem(key, field, node, wanted)));
  }

  private ConfigProblem wrongItem(String key, @Nullable Field field, Node node, String wanted) {
    return wrongItem(key, field == null ? node.place() : field.place(), node, wanted);
  }

  private ConfigProblem wrongItem(String key, Node node, String wanted) {
    return wrongItem(key, node.place(), node, wanted);
  }

  private ConfigProblem wrongItem(String key, Place here, Node node, String wanted) {
    String whole = KeyPath.join(path, key);
    String value = node instanceof Scalar scalar ? " " + Shown.value(whole, scalar) : "";
    return new ConfigProblem(
        here.toString(), whole, "Invalid type, got " + node.type() + value + ", wanted " + wanted);
  }

  /** The path, and nothing of the values. */
  @Override
  public String toString() {
    return "ConfigSection[" + path + "]";
  }
}
