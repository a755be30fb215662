package dev.followspot.core.config;

import dev.followspot.core.config.Node.Fields;
import dev.followspot.core.config.Node.Null;
import dev.followspot.core.config.Node.Place;
import dev.followspot.core.config.Node.Scalar;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@code $file} and {@code $include} name, each read once.
 *
 * <p>As in Backstage a path starts at the folder of the file that names it, and may leave that
 * folder: mounted secrets are elsewhere. Every file that was read is listed. Messages show a path
 * as it was written, never with variables filled in: {@code $file: ${TOKEN}} would print a token.
 */
final class IncludedFiles {

  private static final Set<String> EXTENSIONS = Set.of("json", "yaml", "yml");
  private static final int MAX_FILES = 1000;

  private static final long MAX_LENGTH = 4L * TextFiles.MAX_LENGTH;

  private final Set<Path> read = new LinkedHashSet<>();
  private final Map<Path, String> texts = new LinkedHashMap<>();
  private final Map<Path, Node> documents = new LinkedHashMap<>();
  private long length;

  /** The files that were read, in order. */
  List<Path> read() {
    return List.copyOf(read);
  }

  /** The text of a file without white space at its end. */
  Scalar text(Scalar raw, Scalar path, String key) {
    Path file = file(raw, path.text(), key);
    String text = texts.get(file);
    if (text == null) {
      text = load(file, raw, key).stripTrailing();
      texts.put(file, text);
    }
    return Scalar.text(raw.place(), text, "the content of " + raw.text());
  }

  /** The value at {@code file#path.to.key}, as it stands in the file. */
  Node value(Scalar raw, Scalar reference, String key) {
    String whole = reference.text();
    int hash = whole.indexOf('#');
    Path file = file(raw, hash < 0 ? whole : whole.substring(0, hash), key);
    if (!EXTENSIONS.contains(extension(file))) {
      throw mistake(raw, key, "$include reads .json, .yaml and .yml only: " + raw.text());
    }
    Node node = documents.get(file);
    if (node == null) {
      node = document(file, raw, key);
      documents.put(file, node);
    }
    String fragment = hash < 0 ? "" : whole.substring(hash + 1);
    return fragment.isEmpty() ? node : select(node, fragment, raw, key);
  }

  private static Node select(Node document, String fragment, Scalar raw, String key) {
    Node node = document;
    List<String> walked = new ArrayList<>();
    for (String part : fragment.split("\\.", -1)) {
      if (!(node instanceof Fields fields)) {
        throw mistake(raw, key, "'" + String.join(".", walked) + "' is no object in " + raw.text());
      }
      Node next = fields.get(part);
      if (next == null) {
        throw mistake(
            raw,
            key,
            "there is no such key in "
                + raw.text()
                + "; keys there: "
                + String.join(", ", fields.map().keySet().stream().limit(20).toList()));
      }
      walked.add(part);
      node = next;
    }
    return node;
  }

  private Node document(Path file, Scalar raw, String key) {
    String text = load(file, raw, key);
    Place place = new Place(source(raw), file.getParent(), 0);
    List<Node> nodes = YamlReader.documents(place, text);
    if (nodes.size() > 1) {
      throw mistake(raw, key, "$include wants one document, got " + nodes.size());
    }
    return nodes.isEmpty() ? new Null(place) : nodes.get(0);
  }

  private String load(Path file, Scalar raw, String key) {
    if (read.size() >= MAX_FILES) {
      throw mistake(raw, key, "more than " + MAX_FILES + " files are included");
    }
    String text = TextFiles.read(file, raw.text(), raw.place().toString(), key);
    read.add(file);
    length += text.length();
    if (length > MAX_LENGTH) {
      throw mistake(raw, key, "the included files are too large together");
    }
    return text;
  }

  private static Path file(Scalar raw, String text, String key) {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw mistake(raw, key, "is no path: " + raw.text());
    }
    Path folder = raw.place().folder();
    if (folder != null) {
      return folder.resolve(path).normalize();
    }
    if (path.isAbsolute()) {
      return path.normalize();
    }
    throw mistake(
        raw,
        key,
        "the path is relative, but this configuration comes from no file; give an absolute path");
  }

  /**
   * What locations call an included file: as the path was written, beside the file it stands in.
   */
  private static String source(Scalar raw) {
    int hash = raw.text().indexOf('#');
    String written = hash < 0 ? raw.text() : raw.text().substring(0, hash);
    try {
      return Path.of(raw.place().source()).resolveSibling(written).normalize().toString();
    } catch (InvalidPathException e) {
      return written;
    }
  }

  private static String extension(Path file) {
    @Nullable Path name = file.getFileName();
    String text = name == null ? "" : name.toString();
    return text.substring(text.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static ConfigurationException mistake(Scalar raw, String key, String message) {
    return new ConfigurationException(raw.place().toString(), key, message);
  }
}
