package dev.followspot.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What Backstage's Kubernetes backend asks permission for. */
public enum Permission {
  /** Look entities up. */
  RESOURCES_READ("kubernetes.resources.read"),
  /** List the clusters. */
  CLUSTERS_READ("kubernetes.clusters.read"),
  /** Send requests to clusters through the proxy. */
  PROXY("kubernetes.proxy");

  private final String key;

  Permission(String key) {
    this.key = key;
  }

  /**
   * Its name in Backstage.
   *
   * @return such as {@code kubernetes.proxy}
   */
  public String key() {
    return key;
  }

  /**
   * The permission of a name.
   *
   * @param key its name in Backstage
   * @return empty if there is none
   */
  public static Optional<Permission> of(String key) {
    return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
  }

  /**
   * The names of all permissions.
   *
   * @return such as {@code kubernetes.proxy}
   */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Permission::key).toList();
  }

  @Override
  public String toString() {
    return key;
  }
}
