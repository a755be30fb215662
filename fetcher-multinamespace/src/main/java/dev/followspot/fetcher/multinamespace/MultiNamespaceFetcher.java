package dev.followspot.fetcher.multinamespace;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks the fetcher below once for each namespace of a list. */
final class MultiNamespaceFetcher implements KubernetesFetcher {

  /** An annotation is anybody's text, and each name costs a request for each type. */
  static final int MOST = 1_000;

  private static final String TOO_MANY =
      "this namespace and those after it are not looked in: at most " + MOST + " are";

  private final KubernetesFetcher next;

  MultiNamespaceFetcher(KubernetesFetcher next) {
    this.next = next;
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request) {
    String list = request.namespace();
    if (list == null) {
      return next.fetch(request);
    }
    List<String> parts = NamespaceList.parts(list);
    if (parts.isEmpty()) {
      return next.fetch(request.withNamespace(null));
    }
    List<CompletableFuture<FetchResult>> results = new ArrayList<>();
    List<ResourceType> types = request.types();
    for (String part : parts.subList(0, Math.min(MOST, parts.size()))) {
      Optional<String> problem = NamespaceList.problem(part);
      if (problem.isPresent()) {
        results.add(CompletableFuture.completedFuture(invalid(request, part, problem.get())));
      } else if (!types.isEmpty()) {
        results.add(fetchOne(request.withNamespace(part).withTypes(types)));
        types = types.stream().filter(ResourceType::namespaced).toList();
      }
    }
    if (parts.size() > MOST) {
      results.add(CompletableFuture.completedFuture(invalid(request, parts.get(MOST), TOO_MANY)));
    }
    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenApply(done -> merged(results.stream().map(CompletableFuture::join).toList()));
  }

  /**
   * All cells in order. A type may turn out not to live in namespaces only when it is listed; then
   * every namespace has the same cluster-wide cell, of which one is enough.
   */
  private static FetchResult merged(List<FetchResult> results) {
    Set<List<Object>> clusterWide = new HashSet<>();
    return new FetchResult(
        FetchResult.merge(results).cells().stream()
            .filter(
                cell ->
                    cell.namespace() != null
                        || clusterWide.add(List.of(cell.cluster(), cell.type())))
            .toList());
  }

  private static FetchResult invalid(FetchRequest request, String part, String message) {
    return FetchResult.of(
        Cell.failed(
            request.cluster().name(),
            NamespaceList.shown(part),
            ResourceType.ANY,
            CellStatus.INVALID,
            message));
  }

  /** Never fails: what goes wrong in one namespace is no concern of the others. */
  private CompletableFuture<FetchResult> fetchOne(FetchRequest request) {
    try {
      @Nullable CompletionStage<FetchResult> stage = next.fetch(request);
      if (stage == null) {
        return CompletableFuture.completedFuture(failed(request, "returned null"));
      }
      return stage
          .handle(
              (result, failure) -> {
                if (failure != null) {
                  return failed(request, "failed with " + description(failure));
                }
                return result == null ? failed(request, "answered null") : result;
              })
          .toCompletableFuture();
    } catch (RuntimeException | LinkageError e) {
      return CompletableFuture.completedFuture(failed(request, "failed with " + description(e)));
    }
  }

  private static FetchResult failed(FetchRequest request, String what) {
    return new FetchResult(
        request.types().stream()
            .map(
                type ->
                    Cell.failed(
                        request.cluster().name(),
                        type.namespaced() ? request.namespace() : null,
                        type,
                        CellStatus.EXTENSION,
                        "the fetcher below multi-namespace " + what))
            .toList());
  }

  /** The type and where it was thrown. Not the message: it may quote a token. */
  private static String description(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    StackTraceElement[] trace = cause.getStackTrace();
    return cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
  }
}
