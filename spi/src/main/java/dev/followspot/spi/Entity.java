package dev.followspot.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A catalog entity: what a {@code catalog-info.yaml} describes.
 *
 * @param ref its kind, namespace and name, in lower case
 * @param name {@code metadata.name} as it is written
 * @param labels {@code metadata.labels}
 * @param annotations {@code metadata.annotations}
 * @param spec {@code spec} as plain maps, lists, texts, numbers and booleans, possibly empty
 * @param relations its relations to other entities
 * @param title {@code metadata.title}, what people call it; null if it has no other name than that
 */
public record Entity(
    EntityRef ref,
    String name,
    Map<String, String> labels,
    Map<String, String> annotations,
    Map<String, Object> spec,
    List<EntityRelation> relations,
    @Nullable String title) {

  /** The label selector of the entity's objects. */
  public static final String LABEL_SELECTOR = "backstage.io/kubernetes-label-selector";

  /** The value of the label {@code backstage.io/kubernetes-id} of the entity's objects. */
  public static final String KUBERNETES_ID = "backstage.io/kubernetes-id";

  /** The namespace, or with an extension the namespaces, of the entity's objects. */
  public static final String NAMESPACE = "backstage.io/kubernetes-namespace";

  /** The cluster or clusters that the entity runs on. */
  public static final String CLUSTER = "backstage.io/kubernetes-cluster";

  /** Checks the components and copies the collections. */
  public Entity {
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(name, "name");
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    spec = Json.object(spec);
    relations = List.copyOf(relations);
  }

  /**
   * An entity without a title.
   *
   * @param ref see {@link #ref()}
   * @param name see {@link #name()}
   * @param labels see {@link #labels()}
   * @param annotations see {@link #annotations()}
   * @param spec see {@link #spec()}
   * @param relations see {@link #relations()}
   */
  public Entity(
      EntityRef ref,
      String name,
      Map<String, String> labels,
      Map<String, String> annotations,
      Map<String, Object> spec,
      List<EntityRelation> relations) {
    this(ref, name, labels, annotations, spec, relations, null);
  }

  /**
   * A copy with other relations.
   *
   * @param others copied
   * @return the copy
   */
  public Entity withRelations(List<EntityRelation> others) {
    return new Entity(ref, name, labels, annotations, spec, others, title);
  }

  /**
   * An annotation.
   *
   * @param key its name
   * @return its value, empty if it is absent or the empty text, which Backstage takes for absent; a
   *     blank value is not empty
   */
  public Optional<String> annotation(String key) {
    return Optional.ofNullable(annotations.get(key)).filter(value -> !value.isEmpty());
  }

  /**
   * Builds a {@code Component} in namespace {@code default}.
   *
   * @param name its name
   * @return a builder
   */
  public static Builder component(String name) {
    return new Builder("Component", EntityRef.DEFAULT_NAMESPACE, name);
  }

  /**
   * Builds an entity.
   *
   * @param kind such as {@code Component}
   * @param namespace such as {@code default}
   * @param name its name
   * @return a builder
   */
  public static Builder builder(String kind, String namespace, String name) {
    return new Builder(kind, namespace, name);
  }

  /** Builds an {@link Entity}. Not safe for use by several threads. */
  public static final class Builder {
    private final EntityRef ref;
    private final String name;
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private Map<String, Object> spec = Map.of();
    private final List<EntityRelation> relations = new ArrayList<>();
    private @Nullable String title;

    private Builder(String kind, String namespace, String name) {
      this.ref = new EntityRef(kind, namespace, name);
      this.name = name;
    }

    /**
     * Sets the title.
     *
     * @param value what people call it, or null
     * @return this builder
     */
    public Builder title(@Nullable String value) {
      title = value;
      return this;
    }

    /**
     * Adds a label.
     *
     * @param key its name
     * @param value its value
     * @return this builder
     */
    public Builder label(String key, String value) {
      labels.put(key, value);
      return this;
    }

    /**
     * Adds an annotation.
     *
     * @param key its name
     * @param value its value
     * @return this builder
     */
    public Builder annotation(String key, String value) {
      annotations.put(key, value);
      return this;
    }

    /**
     * Sets {@code spec}.
     *
     * @param values plain maps, lists, texts, numbers and booleans
     * @return this builder
     */
    public Builder spec(Map<String, ?> values) {
      spec = Json.object(values);
      return this;
    }

    /**
     * Adds a relation.
     *
     * @param type such as {@code dependsOn}
     * @param target the other entity
     * @return this builder
     */
    public Builder relation(String type, EntityRef target) {
      relations.add(new EntityRelation(type, target));
      return this;
    }

    /**
     * The entity.
     *
     * @return the entity
     */
    public Entity build() {
      return new Entity(ref, name, labels, annotations, spec, relations, title);
    }
  }
}
