package dev.followspot.core;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import dev.followspot.core.config.NearestKey;
import dev.followspot.core.fetch.ObjectTypes;
import dev.followspot.core.objects.ChosenTypes;
import dev.followspot.spi.ResourceType;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads {@code kubernetes.objectTypes} and {@code kubernetes.apiVersionOverrides}. */
final class TypesConfig {

  private final ConfigSection kubernetes;
  private final ConfigProblems problems = new ConfigProblems();

  TypesConfig(ConfigSection kubernetes) {
    this.kubernetes = kubernetes;
  }

  ChosenTypes types() {
    List<String> names =
        problems.read(
            () -> kubernetes.optionalStrings("objectTypes").orElseGet(ObjectTypes::defaultNames));
    Map<String, String> versions = problems.read(() -> kubernetes.stringMap("apiVersionOverrides"));
    if (names != null) {
      check("objectTypes", names);
    }
    if (versions != null) {
      check("apiVersionOverrides", versions.keySet());
      versions.forEach(this::checkVersion);
    }
    problems.throwIfAny();
    return new ChosenTypes(
        names == null ? List.of() : names, versions == null ? Map.of() : versions);
  }

  private void checkVersion(String name, String version) {
    try {
      var unused = ResourceType.PODS.withApiVersion(version);
    } catch (IllegalArgumentException e) {
      kubernetes
          .problem("apiVersionOverrides", "of " + name + ": " + e.getMessage())
          .problems()
          .forEach(problems::add);
    }
  }

  private void check(String key, Collection<String> names) {
    for (String unknown : ObjectTypes.unknown(names)) {
      String nearest =
          NearestKey.of(unknown, ObjectTypes.names())
              .map(name -> "; did you mean '" + name + "'?")
              .orElse(";");
      kubernetes
          .problem(
              key,
              "has an unknown type '"
                  + unknown
                  + "'"
                  + nearest
                  + " known types: "
                  + String.join(", ", ObjectTypes.names()))
          .problems()
          .forEach(problems::add);
    }
  }
}
