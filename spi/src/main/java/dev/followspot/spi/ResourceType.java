package dev.followspot.spi;

import java.util.Objects;

/**
 * A type of Kubernetes resource that can be listed: its GroupVersionResource, and what Backstage
 * calls it.
 *
 * @param objectType Backstage's name of the type, such as {@code pods}; {@code customresources} for
 *     every custom resource
 * @param group the API group; the empty text for the core group
 * @param apiVersion the version in the group, such as {@code v1}
 * @param plural the plural name that stands in the path, such as {@code deployments}
 * @param namespaced whether its objects live in namespaces; a type that is not namespaced is listed
 *     cluster-wide whatever the namespace
 */
public record ResourceType(
    String objectType, String group, String apiVersion, String plural, boolean namespaced) {

  /** Backstage's name for every custom resource. */
  public static final String CUSTOM_RESOURCES = "customresources";

  /** Stands for every type, in a {@link Cell} that speaks of a whole namespace or cluster. */
  public static final ResourceType ANY = new ResourceType("*", "*", "*", "*", true);

  /** {@code pods}. */
  public static final ResourceType PODS = new ResourceType("pods", "", "v1", "pods", true);

  /** {@code services}. */
  public static final ResourceType SERVICES =
      new ResourceType("services", "", "v1", "services", true);

  /** {@code configmaps}. */
  public static final ResourceType CONFIG_MAPS =
      new ResourceType("configmaps", "", "v1", "configmaps", true);

  /** {@code secrets}; their values are masked wherever they are listed. */
  public static final ResourceType SECRETS = new ResourceType("secrets", "", "v1", "secrets", true);

  /** {@code deployments}. */
  public static final ResourceType DEPLOYMENTS =
      new ResourceType("deployments", "apps", "v1", "deployments", true);

  /** The pods' usage of CPU and memory, from the metrics API. */
  public static final ResourceType POD_METRICS =
      new ResourceType("podmetrics", "metrics.k8s.io", "v1beta1", "pods", true);

  /** Checks the parts: each of them becomes a part of a path. */
  public ResourceType {
    Objects.requireNonNull(objectType, "objectType");
    if (!group.isEmpty()) {
      part("group", group);
    }
    part("apiVersion", apiVersion);
    part("plural", plural);
  }

  /**
   * A namespaced custom resource.
   *
   * @param group its API group; the empty text for the core group
   * @param apiVersion its version
   * @param plural its plural name
   * @return the type
   * @throws IllegalArgumentException if a part is blank, a dot segment, or holds white space, a
   *     control character or one of {@code / \ ? # %}
   */
  public static ResourceType custom(String group, String apiVersion, String plural) {
    return new ResourceType(CUSTOM_RESOURCES, group, apiVersion, plural, true);
  }

  private static void part(String what, String text) {
    Objects.requireNonNull(text, what);
    if (text.isBlank()
        || text.equals(".")
        || text.equals("..")
        || text.chars().anyMatch(ResourceType::leavesItsPart)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " of a resource type is '"
              + text.strip()
              + "'; a name such as "
              + (what.equals("group") ? "'apps'" : what.equals("plural") ? "'deployments'" : "'v1'")
              + " is expected");
    }
  }

  private static boolean leavesItsPart(int c) {
    return Character.isISOControl(c) || Character.isWhitespace(c) || "/\\?#%".indexOf(c) >= 0;
  }

  /**
   * A copy of another version.
   *
   * @param version the version
   * @return the copy
   */
  public ResourceType withApiVersion(String version) {
    return new ResourceType(objectType, group, version, plural, namespaced);
  }

  /**
   * Whether this is one of {@link #CUSTOM_RESOURCES}.
   *
   * @return true for custom resources
   */
  public boolean isCustom() {
    return objectType.equals(CUSTOM_RESOURCES);
  }

  /**
   * The name under which people know it: {@code pods/v1}, {@code jobs.batch/v1}.
   *
   * @return plural, group and version
   */
  public String displayName() {
    return equals(ANY) ? "*" : plural + (group.isEmpty() ? "" : "." + group) + "/" + apiVersion;
  }
}
