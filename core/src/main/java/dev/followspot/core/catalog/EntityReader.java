package dev.followspot.core.catalog;

import dev.followspot.core.config.YamlDocument;
import dev.followspot.core.text.Shortened;
import dev.followspot.spi.ConfigProblem;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.EntityRelation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one document as an entity, and collects its mistakes on the way. */
final class EntityReader {

  private static final int MAX_PROBLEMS = 50;

  private static final Pattern KIND = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,62}");
  private static final Pattern NAMESPACE =
      Pattern.compile("[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9](?:[-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");

  private final String location;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private int unlisted;

  private EntityReader(String location) {
    this.location = location;
  }

  /**
   * Reads a document.
   *
   * @throws ConfigurationException with every mistake of the document
   */
  static Entity read(YamlDocument document) {
    return new EntityReader(document.location()).entity(document.value());
  }

  private Entity entity(Object value) {
    if (!(value instanceof Map<?, ?> document)) {
      throw new ConfigurationException(
          location,
          "",
          "the document is "
              + Shown.kind(value)
              + "; an entity with apiVersion, kind and metadata is expected");
    }
    required(document, "apiVersion", "", "a text such as backstage.io/v1alpha1", null);
    String kind =
        required(document, "kind", "", "letters and digits, such as Component, at most 63", KIND);
    Map<?, ?> metadata = object(document, "metadata", "", true);
    String name =
        required(
            metadata,
            "name",
            "metadata.",
            "letters and digits with - _ . between them, at most 63",
            NAME);
    String namespace = namespace(metadata);
    Object title = metadata.get("title");
    if (title != null && !(title instanceof String)) {
      problem("metadata.title", notText(title));
    }
    Map<String, String> labels = texts(metadata, "labels");
    Map<String, String> annotations = texts(metadata, "annotations");
    Map<?, ?> spec = object(document, "spec", "", false);
    Set<EntityRelation> relations = new LinkedHashSet<>(dependsOn(spec, namespace));
    relations.addAll(relations(document, namespace));
    if (!problems.isEmpty()) {
      throw exception();
    }
    Entity.Builder entity = Entity.builder(kind, namespace, name).spec(keyed(spec));
    entity.title(title instanceof String text && !text.isBlank() ? text : null);
    labels.forEach(entity::label);
    annotations.forEach(entity::annotation);
    relations.forEach(relation -> entity.relation(relation.type(), relation.target()));
    return entity.build();
  }

  private ConfigurationException exception() {
    if (unlisted > 0) {
      problems.add(new ConfigProblem(location, "", "and " + unlisted + " more mistakes"));
    }
    return new ConfigurationException(problems);
  }

  private void problem(String key, String message) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(new ConfigProblem(location, key, message));
    } else {
      unlisted++;
    }
  }

  /** A text that has to be there; the empty text after a mistake. */
  private String required(
      Map<?, ?> parent, String key, String path, String wanted, @Nullable Pattern pattern) {
    Object value = parent.get(key);
    if (value == null || value.equals("")) {
      // Without a parent, that is the one mistake to report.
      if (!(parent.isEmpty() && !path.isEmpty())) {
        problem(path + key, "is missing; wanted " + wanted);
      }
      return "";
    }
    return checked(value, path + key, wanted, pattern);
  }

  private String checked(Object value, String key, String wanted, @Nullable Pattern pattern) {
    if (!(value instanceof String text)) {
      problem(key, notText(value));
      return "";
    }
    if (text.isBlank() || (pattern != null && !pattern.matcher(text).matches())) {
      problem(key, "is " + Shortened.quoted(text) + "; wanted " + wanted);
      return "";
    }
    return text;
  }

  private String namespace(Map<?, ?> metadata) {
    Object value = metadata.get("namespace");
    if (value == null || value.equals("")) {
      return EntityRef.DEFAULT_NAMESPACE;
    }
    String wanted = "letters and digits with - between them, at most 63";
    String namespace = checked(value, "metadata.namespace", wanted, NAMESPACE);
    return namespace.isEmpty() ? EntityRef.DEFAULT_NAMESPACE : namespace;
  }

  private Map<?, ?> object(Map<?, ?> parent, String key, String path, boolean required) {
    Object value = parent.get(key);
    if (value instanceof Map<?, ?> map && !(required && map.isEmpty())) {
      return map;
    }
    if (value == null || value instanceof Map<?, ?>) {
      if (required) {
        problem(path + key, "is missing or empty; wanted an object with a name");
      }
    } else {
      problem(path + key, "is " + Shown.kind(value) + "; wanted an object");
    }
    return Map.of();
  }

  private Map<String, String> texts(Map<?, ?> metadata, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    object(metadata, key, "metadata.", false)
        .forEach(
            (name, value) -> {
              if (value instanceof String text) {
                texts.put((String) name, text);
              } else {
                problem("metadata." + key + "." + Shortened.text((String) name), notText(value));
              }
            });
    return texts;
  }

  private static String notText(@Nullable Object value) {
    if (value == null) {
      return "has no value; wanted a text: write one in quotes, or remove the key";
    }
    if (value instanceof Number || value instanceof Boolean) {
      return "is the " + Shown.type(value) + " " + value + "; wanted a text: put it in quotes";
    }
    return "is " + Shown.kind(value) + "; wanted a text";
  }

  private List<EntityRelation> dependsOn(Map<?, ?> spec, String namespace) {
    List<EntityRelation> relations = new ArrayList<>();
    int index = 0;
    for (Object item :
        list(spec, "dependsOn", "spec.", "references such as resource:dev-cluster")) {
      String key = "spec.dependsOn[" + index++ + "]";
      EntityRef target = reference(item, key, namespace);
      if (target != null) {
        relations.add(new EntityRelation(EntityRelation.DEPENDS_ON, target));
      }
    }
    return relations;
  }

  private List<EntityRelation> relations(Map<?, ?> document, String namespace) {
    List<EntityRelation> relations = new ArrayList<>();
    int index = 0;
    for (Object item : list(document, "relations", "", "objects with type and targetRef")) {
      String key = "relations[" + index++ + "]";
      if (!(item instanceof Map<?, ?> relation)) {
        problem(key, "is " + Shown.kind(item) + "; wanted an object with type and targetRef");
        continue;
      }
      String type = text(relation, "type", key);
      EntityRef target = reference(relation.get("targetRef"), key + ".targetRef", namespace);
      if (!type.isEmpty() && target != null) {
        relations.add(new EntityRelation(type, target));
      }
    }
    return relations;
  }

  private String text(Map<?, ?> parent, String key, String path) {
    Object value = parent.get(key);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    problem(path + "." + key, value instanceof String ? "is empty; wanted a text" : notText(value));
    return "";
  }

  private List<?> list(Map<?, ?> parent, String key, String path, String wanted) {
    Object value = parent.get(key);
    if (value instanceof List<?> list) {
      return list;
    }
    if (value != null) {
      problem(path + key, "is " + Shown.kind(value) + "; wanted a list of " + wanted);
    }
    return List.of();
  }

  private @Nullable EntityRef reference(@Nullable Object value, String key, String namespace) {
    if (!(value instanceof String text)) {
      problem(key, notText(value));
      return null;
    }
    try {
      return EntityRef.parse(text, null, namespace);
    } catch (IllegalArgumentException e) {
      problem(
          key,
          "is "
              + Shortened.quoted(text)
              + "; wanted kind:namespace/name or kind:name, such as resource:dev-cluster");
      return null;
    }
  }

  private static Map<String, Object> keyed(Map<?, ?> spec) {
    Map<String, Object> keyed = new LinkedHashMap<>();
    spec.forEach((key, value) -> keyed.put((String) key, value));
    return keyed;
  }
}
