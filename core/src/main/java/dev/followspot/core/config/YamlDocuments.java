package dev.followspot.core.config;

import dev.followspot.core.config.Node.Null;
import dev.followspot.core.config.Node.Place;
import dev.followspot.spi.ConfigurationException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads YAML 1.2 files of several documents, such as {@code catalog-info.yaml}, in bounded memory.
 *
 * <p>Refused are files larger than 8 MiB, what is not UTF-8, keys that are there twice, aliases
 * that refer to what holds them, more than 200,000 values when every alias is written out, and more
 * than 100 levels. Merge keys ({@code <<}) are ordinary keys, as YAML 1.2 has it. Nothing is
 * substituted.
 */
public final class YamlDocuments {

  private YamlDocuments() {}

  /**
   * Reads a file.
   *
   * @param file a regular file in UTF-8
   * @return the documents that are not empty, in the order of the file
   * @throws ConfigurationException if the file cannot be read or is no YAML; its message quotes
   *     nothing of the file
   */
  public static List<YamlDocument> read(Path file) {
    return documents(
        new Place(file.toString(), file.toAbsolutePath().getParent(), 0),
        TextFiles.read(file, file.toString(), file.toString(), ""));
  }

  /**
   * Reads a text.
   *
   * @param name what to call the text in locations and messages
   * @param text the YAML
   * @return the documents that are not empty, in the order of the text
   * @throws ConfigurationException if the text is no YAML; its message quotes nothing of it
   */
  public static List<YamlDocument> parse(String name, String text) {
    return documents(new Place(name, null, 0), TextFiles.checked(text, name));
  }

  private static List<YamlDocument> documents(Place place, String text) {
    return YamlReader.documents(place, text).stream()
        .filter(node -> !(node instanceof Null))
        .map(node -> new YamlDocument(node.place().toString(), PlainValues.toPlain(node)))
        .toList();
  }
}
