package dev.followspot.core.extension;

import dev.followspot.core.config.AppConfig;
import dev.followspot.core.config.Configuration;
import dev.followspot.spi.Cell;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.FetcherContext;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesFetcherFactory;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Small extensions, sources of them, and requests. */
final class Samples {

  static final Cluster CLUSTER =
      Cluster.named("dev").url("https://10.0.0.1:6443").authProvider("serviceAccount").build();

  private Samples() {}

  static Configuration config(String yaml) {
    return AppConfig.parse("app-config.yaml", yaml).resolve(Map.of());
  }

  static FetchRequest request(ResourceType... types) {
    return new FetchRequest(
        CLUSTER,
        new CredentialSource() {
          @Override
          public CompletionStage<Credential> credential() {
            return CompletableFuture.completedFuture(Credential.none());
          }

          @Override
          public CompletionStage<Credential> refresh(Credential rejected) {
            return credential();
          }
        },
        List.of(types),
        "prod",
        "app=order-service",
        RequestContext.create());
  }

  /** Answers each type with an empty cell. */
  static final KubernetesFetcher BASE =
      request ->
          CompletableFuture.completedFuture(
              new FetchResult(
                  request.types().stream()
                      .map(
                          type ->
                              Cell.ok(
                                  request.cluster().name(), request.namespace(), type, List.of()))
                      .toList()));

  static FetchResult fetch(KubernetesFetcher fetcher, ResourceType... types) {
    return fetcher.fetch(request(types)).toCompletableFuture().join();
  }

  /** A fetcher factory of the test itself. */
  static KubernetesFetcherFactory fetcher(
      String name, Function<FetcherContext, KubernetesFetcher> create) {
    return fetcher(name, 0, create);
  }

  static KubernetesFetcherFactory fetcher(
      String name, int order, Function<FetcherContext, KubernetesFetcher> create) {
    return new KubernetesFetcherFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int order() {
        return order;
      }

      @Override
      public KubernetesFetcher create(FetcherContext context) {
        return create.apply(context);
      }
    };
  }

  /** The source of a fetcher factory that passes everything on. */
  static String source(String className, String name) {
    return source(className, name, "", "return context.delegate();");
  }

  static String source(String className, String name, String members, String create) {
    return factory(
        className,
        "KubernetesFetcherFactory",
        "KubernetesFetcher create(FetcherContext context)",
        "return \"" + name + "\";",
        members,
        create);
  }

  /** The source of a factory of any kind. */
  static String factory(
      String className,
      String type,
      String signature,
      String nameBody,
      String members,
      String createBody) {
    int dot = className.lastIndexOf('.');
    return """
    package %s;
    import dev.followspot.spi.*;
    import java.util.*;
    import java.util.concurrent.*;
    public class %s implements %s {
      %s
      @Override public String name() { %s }
      @Override public %s { %s }
    }
    """
        .formatted(
            className.substring(0, dot),
            className.substring(dot + 1),
            type,
            members,
            nameBody,
            signature,
            createBody);
  }
}
