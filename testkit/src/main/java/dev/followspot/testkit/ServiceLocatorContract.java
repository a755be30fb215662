package dev.followspot.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Entity;
import dev.followspot.spi.LocateRequest;
import dev.followspot.spi.LocateResult;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.ServiceLocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules for a {@link ServiceLocator}. Extend it, and say what it locates where. */
public abstract class ServiceLocatorContract {

  /** A test of one rule. */
  protected ServiceLocatorContract() {}

  /**
   * The locator under test.
   *
   * @return the locator
   */
  protected abstract ServiceLocator locator();

  /**
   * Clusters to choose from.
   *
   * @return at least two clusters, one of which the {@link #entity()} runs on
   */
  protected abstract List<Cluster> clusters();

  /**
   * An entity that runs on at least one of the {@link #clusters()}.
   *
   * @return the entity
   */
  protected abstract Entity entity();

  @Test
  final void it_locates_the_entity() {
    assertThat(locate(entity(), clusters()).clusters()).isNotEmpty();
  }

  @Test
  final void what_it_locates_are_clusters_that_there_are_each_once() {
    List<Cluster> clusters = clusters();
    assertThat(locate(entity(), clusters).clusters()).isSubsetOf(clusters).doesNotHaveDuplicates();
  }

  @Test
  final void without_clusters_there_is_none_and_no_failure() {
    assertThat(locate(entity(), List.of()).clusters()).isEmpty();
  }

  @Test
  final void an_entity_without_annotations_and_relations_is_no_failure() {
    List<Cluster> clusters = clusters();
    Entity bare = Entity.component("bare").build();
    assertThat(locate(bare, clusters).clusters()).isSubsetOf(clusters);
  }

  @Test
  final void several_threads_may_use_it() {
    ServiceLocator locator = locator();
    LocateRequest request = new LocateRequest(entity(), clusters(), RequestContext.create());
    LocateResult expected = Contracts.result(() -> locator.locate(request));
    assertThat(Contracts.inManyThreads(() -> locator.locate(request))).containsOnly(expected);
  }

  private LocateResult locate(Entity entity, List<Cluster> clusters) {
    ServiceLocator locator = locator();
    LocateRequest request = new LocateRequest(entity, clusters, RequestContext.create());
    return Contracts.result(() -> locator.locate(request));
  }
}
