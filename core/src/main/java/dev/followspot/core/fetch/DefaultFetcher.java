package dev.followspot.core.fetch;

import dev.followspot.core.http.ApiClient;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lists each type in one namespace, or cluster-wide if there is none; all types at once, each by
 * pages. A type that is not namespaced is listed cluster-wide whatever the namespace.
 *
 * <p>A namespace that is no DNS label is one {@link CellStatus#INVALID} cell, and nothing is asked.
 * Blanks around it do not count. The values of secrets are masked. Safe for use by several threads.
 */
public final class DefaultFetcher implements KubernetesFetcher {

  private final ApiClient client;
  private final FetchSettings settings;
  private final ScopeFinder scopes;

  /**
   * A fetcher.
   *
   * @param client asks the API servers
   * @param settings how lists are read
   */
  public DefaultFetcher(ApiClient client, FetchSettings settings) {
    this.client = client;
    this.settings = settings;
    this.scopes = new ScopeFinder(client);
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request) {
    String written = request.namespace();
    String namespace = written == null ? null : written.strip();
    String problem = namespace == null ? null : Namespaces.problem(namespace);
    if (written != null && problem != null) {
      return CompletableFuture.completedFuture(
          FetchResult.of(
              Cell.failed(
                  request.cluster().name(),
                  Texts.printable(written, 253),
                  ResourceType.ANY,
                  CellStatus.INVALID,
                  problem)));
    }
    List<CompletableFuture<Cell>> cells = new ArrayList<>(request.types().size());
    for (ResourceType type : request.types()) {
      cells.add(guarded(request, type, namespace));
    }
    return CompletableFuture.allOf(cells.toArray(CompletableFuture[]::new))
        .thenApply(done -> new FetchResult(cells.stream().map(CompletableFuture::join).toList()));
  }

  /** Whatever goes wrong with one list, the others are answered. */
  private CompletableFuture<Cell> guarded(
      FetchRequest request, ResourceType type, @Nullable String namespace) {
    CompletionStage<Cell> cell;
    try {
      cell = list(request, type, namespace);
    } catch (RuntimeException e) {
      cell = CompletableFuture.failedFuture(e);
    }
    return cell.exceptionally(
            failure ->
                Cell.failed(
                    request.cluster().name(),
                    type.namespaced() ? namespace : null,
                    type,
                    CellStatus.INVALID_RESPONSE,
                    "the answer cannot be used: " + reason(failure)))
        .toCompletableFuture();
  }

  private static String reason(Throwable failure) {
    Throwable cause = Stages.cause(failure);
    return cause instanceof OutOfMemoryError
        ? "there is no memory left; give the JVM more with -Xmx"
        : cause.getClass().getName();
  }

  private CompletionStage<Cell> list(
      FetchRequest request, ResourceType type, @Nullable String namespace) {
    if (namespace == null || !type.namespaced()) {
      return new ListCall(client, settings, request, type, null).run();
    }
    CompletionStage<Cell> cell = new ListCall(client, settings, request, type, namespace).run();
    return type.isCustom()
        ? cell.thenCompose(answer -> clusterWideIfNotNamespaced(request, type, answer))
        : cell;
  }

  /** Whether a custom resource is namespaced is not in its configuration: the cluster knows. */
  private CompletionStage<Cell> clusterWideIfNotNamespaced(
      FetchRequest request, ResourceType type, Cell answer) {
    if (answer.status() != CellStatus.NOT_SERVED) {
      return CompletableFuture.completedFuture(answer);
    }
    return scopes
        .isClusterScoped(request, type)
        .thenCompose(
            clusterScoped ->
                clusterScoped
                    ? new ListCall(client, settings, request, type, null).run()
                    : CompletableFuture.completedFuture(answer));
  }
}
