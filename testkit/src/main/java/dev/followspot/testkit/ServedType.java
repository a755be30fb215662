package dev.followspot.testkit;

import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A type that the mock API server serves.
 *
 * @param versions the versions, the preferred one first
 * @param custom whether it comes from a CRD
 */
record ServedType(
    String group,
    List<String> versions,
    String plural,
    String kind,
    boolean namespaced,
    boolean custom) {

  ServedType withVersions(List<String> more) {
    List<String> all = Stream.concat(versions.stream(), more.stream()).distinct().toList();
    return new ServedType(group, all, plural, kind, namespaced, custom);
  }

  /** {@code pods} or {@code deployments.apps}: the name in messages and in roles. */
  String qualifiedName() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  String groupVersion(String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }

  String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether somebody who writes {@code pods}, {@code deployments.apps} or just its plural means it.
   */
  boolean isCalled(String name) {
    return name.equals(plural) || name.equals(qualifiedName());
  }

  ResourceType asResourceType(String version) {
    String objectType = custom ? ResourceType.CUSTOM_RESOURCES : plural;
    return new ResourceType(
        group.equals("metrics.k8s.io") ? "podmetrics" : objectType,
        group,
        version,
        plural,
        namespaced);
  }
}
