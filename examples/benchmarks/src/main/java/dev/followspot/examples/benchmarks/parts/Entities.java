package dev.followspot.examples.benchmarks.parts;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.Secret;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is looked up, and where. */
final class Entities {

  private Entities() {}

  /** An entity in the namespaces {@code <prefix>1}, {@code <prefix>2}, and so on. */
  static Entity order(String prefix, int namespaces) {
    return Entity.component("order-service")
        .annotation(Entity.LABEL_SELECTOR, "app=order-service")
        .annotation(
            Entity.NAMESPACE,
            IntStream.rangeClosed(1, namespaces)
                .mapToObj(number -> prefix + number)
                .collect(Collectors.joining(",")))
        .build();
  }

  /** A cluster that nobody connects to. */
  static Cluster cluster(String name) {
    return Cluster.named(name)
        .url("https://" + name + ".example.com:6443")
        .authProvider("serviceAccount")
        .serviceAccountToken(Secret.of("token"))
        .build();
  }
}
