package dev.followspot.core.objects;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the metrics of pods in those namespaces that have pods, as Backstage does. Where a
 * look-up found pods the last time, their metrics are asked for together with the lists, which
 * saves a round trip; elsewhere when the lists are there.
 */
final class PodMetrics {

  /** With pods in more namespaces than this, one request for all of them is cheaper. */
  static final int MOST_NAMESPACES = 10;

  private static final int MOST_REMEMBERED = 10_000;

  /** Stands for all namespaces. */
  private static final String ALL = "";

  private record Question(String cluster, @Nullable String namespace, String labelSelector) {}

  private final Function<FetchRequest, CompletionStage<FetchResult>> fetcher;
  private final Map<Question, Set<String>> lastTime =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Set<String>> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * Asks a fetcher.
   *
   * @param fetcher never fails
   */
  PodMetrics(Function<FetchRequest, CompletionStage<FetchResult>> fetcher) {
    this.fetcher = fetcher;
  }

  /** The lists, and the metrics of the pods in them. */
  CompletionStage<List<Cell>> fetchWithLists(FetchRequest lists) {
    Question question =
        new Question(lists.cluster().name(), lists.namespace(), lists.labelSelector());
    Map<String, CompletableFuture<FetchResult>> asked = new LinkedHashMap<>();
    CompletionStage<FetchResult> listed = fetcher.apply(lists);
    remembered(question).forEach(namespace -> asked.put(namespace, ask(lists, namespace)));
    return listed.thenCompose(
        result -> {
          Set<String> wanted = namespacesWithPods(result.cells());
          remember(question, wanted);
          List<CompletableFuture<FetchResult>> metrics = new ArrayList<>();
          for (String namespace : wanted) {
            CompletableFuture<FetchResult> early = asked.get(namespace);
            metrics.add(early == null ? ask(lists, namespace) : early);
          }
          return CompletableFuture.allOf(metrics.toArray(CompletableFuture[]::new))
              .thenApply(done -> concat(result.cells(), metrics));
        });
  }

  private CompletableFuture<FetchResult> ask(FetchRequest lists, String namespace) {
    return fetcher
        .apply(
            lists
                .withTypes(List.of(ResourceType.POD_METRICS))
                .withNamespace(namespace.equals(ALL) ? null : namespace))
        .toCompletableFuture();
  }

  private Set<String> remembered(Question question) {
    synchronized (lastTime) {
      return lastTime.getOrDefault(question, Set.of());
    }
  }

  private void remember(Question question, Set<String> namespaces) {
    synchronized (lastTime) {
      if (namespaces.isEmpty()) {
        lastTime.remove(question);
      } else {
        lastTime.put(question, namespaces);
      }
    }
  }

  private static Set<String> namespacesWithPods(Collection<Cell> cells) {
    Set<String> namespaces = new LinkedHashSet<>();
    boolean clusterWide = false;
    for (Cell cell : cells) {
      if (cell.status() != CellStatus.OK
          || !cell.type().objectType().equals(ResourceType.PODS.objectType())) {
        continue;
      }
      if (cell.namespace() != null) {
        if (cell.count() > 0) {
          namespaces.add(cell.namespace());
        }
        continue;
      }
      clusterWide = true;
      for (KubernetesObject pod : cell.objects()) {
        if (pod.namespace() != null && !pod.namespace().isBlank()) {
          namespaces.add(pod.namespace());
        }
      }
    }
    return clusterWide && namespaces.size() > MOST_NAMESPACES ? Set.of(ALL) : namespaces;
  }

  private static List<Cell> concat(List<Cell> cells, List<CompletableFuture<FetchResult>> metrics) {
    List<Cell> all = new ArrayList<>(cells);
    metrics.forEach(result -> all.addAll(result.join().cells()));
    return all;
  }
}
