package dev.followspot.core.objects;

import dev.followspot.spi.Entity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of an entity ask for, as in Backstage.
 *
 * @param namespace the namespace annotation as it is written; null for all namespaces
 * @param labelSelector the label selector; never blank unless there is a problem
 * @param problem why nothing can be asked; null if all is well
 */
record EntityQuery(@Nullable String namespace, String labelSelector, @Nullable String problem) {

  private static final Pattern LABEL_VALUE =
      Pattern.compile("[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  static EntityQuery of(Entity entity) {
    String namespace =
        entity.annotation(Entity.NAMESPACE).filter(text -> !text.isBlank()).orElse(null);
    String selector = entity.annotation(Entity.LABEL_SELECTOR).orElse(null);
    if (selector != null) {
      return selector.isBlank()
          ? new EntityQuery(
              namespace,
              "",
              "annotation "
                  + Entity.LABEL_SELECTOR
                  + " is blank, which would select everything; write a label selector such as"
                  + " app=order-service, or remove it")
          : new EntityQuery(namespace, selector, null);
    }
    String annotated = entity.annotation(Entity.KUBERNETES_ID).orElse(null);
    String id = annotated == null ? entity.name() : annotated;
    if (!LABEL_VALUE.matcher(id).matches()) {
      return new EntityQuery(
          namespace,
          "",
          (annotated == null ? "the name of the entity" : "annotation " + Entity.KUBERNETES_ID)
              + " is no value of a label: at most 63 letters, digits, '-', '_' and '.' are allowed,"
              + " with a letter or digit at both ends; or set annotation "
              + Entity.LABEL_SELECTOR);
    }
    return new EntityQuery(namespace, Entity.KUBERNETES_ID + "=" + id, null);
  }
}
