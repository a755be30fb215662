package dev.followspot.core.json;

import dev.followspot.spi.Cell;
import dev.followspot.spi.ResourceType;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a model class says: {@code V2HorizontalPodAutoscaler}, {@code CoreV1Event}.
 *
 * @param version the version in the group, null if the name has none
 * @param kind the kind
 */
record ModelName(@Nullable String version, String kind) {

  /** The start of some names is their group, where two groups have the same kind. */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Z][a-z]+)??V(\\d+(?:(?:alpha|beta)\\d+)?)(\\p{Upper}\\w*)");

  /** Group and plural of the kinds that Followspot knows. */
  private static final Map<String, Known> KNOWN =
      Map.ofEntries(
          Map.entry("Secret", new Known("", "secrets")),
          Map.entry("PersistentVolume", new Known("", "persistentvolumes")),
          Map.entry("PersistentVolumeClaim", new Known("", "persistentvolumeclaims")),
          Map.entry("Pod", new Known("", "pods")),
          Map.entry("Service", new Known("", "services")),
          Map.entry("ConfigMap", new Known("", "configmaps")),
          Map.entry("LimitRange", new Known("", "limitranges")),
          Map.entry("ResourceQuota", new Known("", "resourcequotas")),
          Map.entry("Deployment", new Known("apps", "deployments")),
          Map.entry("ReplicaSet", new Known("apps", "replicasets")),
          Map.entry("StatefulSet", new Known("apps", "statefulsets")),
          Map.entry("DaemonSet", new Known("apps", "daemonsets")),
          Map.entry(
              "HorizontalPodAutoscaler", new Known("autoscaling", "horizontalpodautoscalers")),
          Map.entry("Job", new Known("batch", "jobs")),
          Map.entry("CronJob", new Known("batch", "cronjobs")),
          Map.entry("Ingress", new Known("networking.k8s.io", "ingresses")),
          Map.entry("PodMetrics", new Known("metrics.k8s.io", "pods")));

  private record Known(String group, String plural) {}

  static ModelName of(Class<?> model) {
    Matcher name = NAME.matcher(model.getSimpleName());
    return name.matches()
        ? new ModelName("v" + name.group(1), name.group(2))
        : new ModelName(null, model.getSimpleName());
  }

  boolean matches(Cell cell) {
    ResourceType type = cell.type();
    if (version != null && !version.equals(type.apiVersion())) {
      return false;
    }
    Known known = KNOWN.get(kind);
    Known asked = new Known(type.group(), type.plural());
    // A class of the user's own, without a version in its name, may be a Job of another group.
    if (known != null && (version != null || KNOWN.containsValue(asked))) {
      return known.equals(asked);
    }
    return isPluralOfKind(type.plural())
        || cell.objects().stream().findFirst().map(o -> kind.equals(o.kind())).orElse(false);
  }

  private boolean isPluralOfKind(String plural) {
    String singular = kind.toLowerCase(Locale.ROOT);
    return plural.equals(singular)
        || plural.equals(singular + "s")
        || plural.equals(singular + "es")
        || (singular.endsWith("y")
            && plural.equals(singular.substring(0, singular.length() - 1) + "ies"));
  }
}
