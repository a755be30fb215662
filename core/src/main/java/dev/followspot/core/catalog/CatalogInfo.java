package dev.followspot.core.catalog;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.NearestKey;
import dev.followspot.core.config.YamlDocument;
import dev.followspot.core.config.YamlDocuments;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entities of a {@code catalog-info.yaml}, which may hold several YAML documents.
 *
 * <pre>{@code
 * Entity order = CatalogInfo.read(Path.of("catalog-info.yaml"));
 * }</pre>
 *
 * <p>Each document needs {@code apiVersion}, {@code kind} and {@code metadata.name}. Every kind is
 * an entity, also those that an application knows nothing of. The namespace is {@code default}
 * unless {@code metadata.namespace} says otherwise. {@code spec.dependsOn} gives relations {@code
 * dependsOn}, in which a reference without a namespace means that of the entity; {@code relations},
 * as the catalog's API has them, are taken too. Files are limited as {@link YamlDocuments} says.
 */
public final class CatalogInfo {

  private static final int MAX_LISTED = 20;

  private CatalogInfo() {}

  /**
   * Reads a file with exactly one entity.
   *
   * @param file the file
   * @return the entity
   * @throws ConfigurationException if the file cannot be read, with every mistake in it, or if it
   *     holds several entities
   */
  public static Entity read(Path file) {
    List<Entity> entities = readAll(file);
    if (entities.size() > 1) {
      throw new ConfigurationException(
          file.toString(),
          "",
          "holds "
              + entities.size()
              + " entities where one is expected; choose one of "
              + listed(entities));
    }
    return entities.get(0);
  }

  /**
   * Reads a file with one or several entities.
   *
   * @param file the file
   * @return the entities in the order of the file; at least one
   * @throws ConfigurationException if the file cannot be read, or with every mistake in it
   */
  public static List<Entity> readAll(Path file) {
    return entities(file.toString(), YamlDocuments.read(file));
  }

  /**
   * Reads a text with one or several entities.
   *
   * @param name what to call the text in messages
   * @param yaml the text
   * @return the entities in the order of the text; at least one
   * @throws ConfigurationException with every mistake in it
   */
  public static List<Entity> parse(String name, String yaml) {
    return entities(name, YamlDocuments.parse(name, yaml));
  }

  private static List<Entity> entities(String name, List<YamlDocument> documents) {
    if (documents.isEmpty()) {
      throw new ConfigurationException(
          name, "", "holds no entity; apiVersion, kind and metadata.name are expected");
    }
    ConfigProblems problems = new ConfigProblems();
    List<Entity> entities = new ArrayList<>();
    Map<EntityRef, String> places = new HashMap<>();
    for (YamlDocument document : documents) {
      Entity entity = problems.read(() -> EntityReader.read(document));
      if (entity == null) {
        continue;
      }
      String first = places.putIfAbsent(entity.ref(), document.location());
      if (first == null) {
        entities.add(entity);
      } else {
        problems.add(
            new ConfigProblem(
                document.location(),
                "metadata.name",
                "the entity " + entity.ref() + " is there twice, first at " + first));
      }
    }
    problems.throwIfAny();
    return List.copyOf(entities);
  }

  /**
   * Chooses one of several entities.
   *
   * @param entities the entities to choose from
   * @param ref its reference, such as {@code component:default/order-service}; the kind may be left
   *     out for a {@code component}, the namespace for {@code default}. Null if there is only one
   * @return the entity
   * @throws ConfigurationException if there is no such entity, the text is no reference, or nothing
   *     was chosen among several; its message lists the entities
   */
  public static Entity select(List<Entity> entities, @Nullable String ref) {
    if (ref == null) {
      if (entities.size() == 1) {
        return entities.get(0);
      }
      throw mistake(
          entities.isEmpty()
              ? "there is no entity"
              : "there are " + entities.size() + " entities; choose one of " + listed(entities));
    }
    EntityRef wanted = parsed(ref);
    return entities.stream()
        .filter(entity -> entity.ref().equals(wanted))
        .findFirst()
        .orElseThrow(() -> mistake(unknown(wanted, entities)));
  }

  private static EntityRef parsed(String ref) {
    try {
      return EntityRef.parse(ref.strip(), "component", EntityRef.DEFAULT_NAMESPACE);
    } catch (IllegalArgumentException e) {
      throw mistake(
          Shortened.quoted(ref)
              + " is no entity reference; kind:namespace/name is expected, as in"
              + " component:default/order-service");
    }
  }

  private static String unknown(EntityRef wanted, List<Entity> entities) {
    List<String> refs = entities.stream().map(entity -> entity.ref().toString()).toList();
    String nearest =
        NearestKey.of(wanted.toString(), refs).map(near -> "; is '" + near + "' meant?").orElse("");
    return "there is no entity "
        + Shortened.quoted(wanted.toString())
        + nearest
        + "; known are "
        + listed(entities);
  }

  private static String listed(List<Entity> entities) {
    String list =
        entities.stream()
            .limit(MAX_LISTED)
            .map(entity -> entity.ref().toString())
            .collect(Collectors.joining(", "));
    return entities.size() <= MAX_LISTED
        ? list
        : list + " and " + (entities.size() - MAX_LISTED) + " more";
  }

  private static ConfigurationException mistake(String message) {
    return new ConfigurationException("", "", message);
  }
}
