package dev.followspot.spi;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link KubernetesFetcher} is asked for: objects of some types in one cluster.
 *
 * @param cluster the cluster
 * @param credentials where the credential comes from
 * @param types the resource types, in the order in which the answer lists them
 * @param namespace the namespace as the entity's annotation has it, so that an extension may give
 *     it a meaning; null for all namespaces. Never blank
 * @param labelSelector the label selector; never blank
 * @param context who asks, until when
 */
public record FetchRequest(
    Cluster cluster,
    CredentialSource credentials,
    List<ResourceType> types,
    @Nullable String namespace,
    String labelSelector,
    RequestContext context) {

  /** Checks the components and copies the list. */
  public FetchRequest {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(credentials, "credentials");
    types = List.copyOf(types);
    if (namespace != null && namespace.isBlank()) {
      throw new IllegalArgumentException("the namespace is blank; null means all namespaces");
    }
    if (labelSelector.isBlank()) {
      throw new IllegalArgumentException("the label selector is blank: it would select everything");
    }
    Objects.requireNonNull(context, "context");
  }

  /**
   * A copy for another namespace.
   *
   * @param other the namespace, null for all
   * @return the copy
   */
  public FetchRequest withNamespace(@Nullable String other) {
    return new FetchRequest(cluster, credentials, types, other, labelSelector, context);
  }

  /**
   * A copy for other types.
   *
   * @param other the types
   * @return the copy
   */
  public FetchRequest withTypes(List<ResourceType> other) {
    return new FetchRequest(cluster, credentials, other, namespace, labelSelector, context);
  }
}
