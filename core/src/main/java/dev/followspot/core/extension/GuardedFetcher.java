package dev.followspot.core.extension;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A fetcher whose failures are {@link CellStatus#EXTENSION} cells of the cluster asked for. */
final class GuardedFetcher implements KubernetesFetcher {

  private final KubernetesFetcher fetcher;
  private final Guard guard;

  GuardedFetcher(KubernetesFetcher fetcher, Guard guard) {
    this.fetcher = fetcher;
    this.guard = guard;
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request) {
    return guard.call(
        () -> fetcher.fetch(request), Function.identity(), failure -> cells(request, failure));
  }

  private FetchResult cells(FetchRequest request, RuntimeException failure) {
    List<ResourceType> types =
        request.types().isEmpty() ? List.of(ResourceType.ANY) : request.types();
    boolean cancelled =
        failure.getCause() instanceof CancellationException
            && request.context().cancellation().isCancelled();
    CellStatus status = cancelled ? CellStatus.CANCELLED : CellStatus.EXTENSION;
    String message = cancelled ? "the caller cancelled the request" : guard.told(failure);
    return new FetchResult(
        types.stream()
            .map(
                type ->
                    Cell.failed(
                        request.cluster().name(), request.namespace(), type, status, message))
            .toList());
  }

  @Override
  public String toString() {
    return guard.label();
  }
}
