package dev.followspot.core.extension;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Cell;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share. */
final class Fixtures {

  static final Cluster CLUSTER =
      Cluster.named("dev").url("https://dev.example.com").authProvider("google").build();

  /** Finds nothing, and says so. */
  static final KubernetesFetcher BASE =
      request ->
          CompletableFuture.completedFuture(
              new FetchResult(
                  request.types().stream()
                      .map(type -> Cell.ok("dev", request.namespace(), type, List.of()))
                      .toList()));

  private static final CredentialSource NO_CREDENTIAL =
      new CredentialSource() {
        @Override
        public CompletionStage<Credential> credential() {
          return CompletableFuture.completedFuture(Credential.none());
        }

        @Override
        public CompletionStage<Credential> refresh(Credential rejected) {
          return credential();
        }
      };

  private Fixtures() {}

  static FetchRequest request(@Nullable String namespace, ResourceType... types) {
    return new FetchRequest(
        CLUSTER, NO_CREDENTIAL, List.of(types), namespace, "app=order", RequestContext.create());
  }

  static FetchResult fetch(KubernetesFetcher fetcher) {
    return fetcher
        .fetch(request("a, b", ResourceType.PODS, ResourceType.SERVICES))
        .toCompletableFuture()
        .join();
  }

  /** A configuration file with line numbers. */
  static Configuration yaml(String text) {
    return AppConfig.parse("app-config.yaml", text).resolve(Map.of());
  }
}
