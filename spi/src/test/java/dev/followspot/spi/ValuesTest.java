package dev.followspot.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clusters, resource types, entities, callers, deadlines and cancellation. */
class ValuesTest {

  private static Cluster.Builder dev() {
    return Cluster.named("dev").url("https://dev.example.com").authProvider("anonymous");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ftp://dev|has the scheme 'ftp' in its url",
        "dev.example.com|has the scheme '' in its url",
        "https:///path|has no host in its url",
        "https://me:s3cret@dev|has a user name or password in its url"
      })
  void a_cluster_needs_a_url_that_can_be_asked(String url, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dev().url(url).build())
        .withMessageStartingWith("cluster 'dev' " + message)
        .withMessageNotContaining("s3cret");
    assertThat(dev().url("HTTP://dev:8001/path").build().url()).hasPort(8001);
  }

  @Test
  void a_cluster_needs_a_name_a_url_and_an_auth_provider() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cluster.named(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.named("dev").authProvider("x").build())
        .withMessage("cluster 'dev' has no url");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> dev().authProvider(" ").build())
        .withMessage("cluster 'dev' has no authProvider");
  }

  @Test
  void auth_metadata_names_the_auth_provider_before_all() {
    assertThat(dev().authMetadata(Map.of(Cluster.AUTH_PROVIDER, "aws")).build().authProvider())
        .isEqualTo("aws");
  }

  @Test
  void a_clusters_own_lists_may_be_empty_which_is_not_absent() {
    assertThat(dev().build().customResources()).isEmpty();
    assertThat(dev().customResources(List.of()).build().customResources()).contains(List.of());
    assertThat(dev().objectTypes(List.of()).build().objectTypes()).contains(List.of());
  }

  @Test
  void a_builder_starts_from_all_of_a_cluster() {
    Cluster cluster =
        dev()
            .title("Dev")
            .serviceAccountToken(Secret.of("t"))
            .serviceAccountTokenFile(Path.of("/token"))
            .oidcTokenProvider("okta")
            .caFile(Path.of("/ca"))
            .skipTlsVerify(true)
            .skipMetricsLookup(true)
            .customResources(List.of(ResourceType.PODS))
            .objectTypes(List.of("pods"))
            .apiVersionOverrides(Map.of("cronjobs", "v1beta1"))
            .authMetadata(Map.of("a", "b"))
            .origin("a test")
            .build();
    assertThat(cluster.toBuilder().build()).usingRecursiveComparison().isEqualTo(cluster);
    assertThat(cluster.tls().caFile()).isEqualTo(Path.of("/ca"));
    assertThat(cluster.tls().skipVerify()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", "a\nb", "a\0"})
  void a_part_of_a_resource_type_that_would_leave_its_place_in_a_path_is_refused(String part) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResourceType.custom("example.com", part, "widgets"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResourceType.custom("example.com", "v1", part));
    if (!part.isEmpty()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ResourceType.custom(part, "v1", "widgets"))
          .withMessageContaining("the group of a resource type is '");
    }
  }

  @Test
  void a_resource_type_is_known_by_plural_group_and_version() {
    assertThat(ResourceType.PODS.displayName()).isEqualTo("pods/v1");
    assertThat(ResourceType.DEPLOYMENTS.displayName()).isEqualTo("deployments.apps/v1");
    assertThat(ResourceType.ANY.displayName()).isEqualTo("*");
    assertThat(ResourceType.custom("", "v1", "events").isCustom()).isTrue();
    assertThat(ResourceType.PODS.withApiVersion("v2"))
        .isEqualTo(new ResourceType("pods", "", "v2", "pods", true));
  }

  @ParameterizedTest
  @CsvSource({
    "component:default/order,component:default/order",
    "Component:Order,component:default/order",
    "component:team-a/order,component:team-a/order"
  })
  void a_reference_is_read_without_regard_to_case(String text, String ref) {
    assertThat(EntityRef.parse(text)).hasToString(ref);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "order", "default/order", ":order", "component:", "component:/order", "a:b/"})
  void what_is_no_reference_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntityRef.parse(text))
        .withMessageStartingWith("'" + text + "' is not an entity reference; ");
  }

  @Test
  void kind_and_namespace_may_be_understood() {
    assertThat(EntityRef.parse("beta", "resource", "team-x")).hasToString("resource:team-x/beta");
    assertThatIllegalArgumentException().isThrownBy(() -> EntityRef.parse("a:b:c"));
  }

  @Test
  void an_empty_annotation_is_absent_and_a_blank_one_is_not() {
    Entity entity = Entity.component("a").annotation("empty", "").annotation("blank", " ").build();
    assertThat(entity.annotation("empty")).isEmpty();
    assertThat(entity.annotation("absent")).isEmpty();
    assertThat(entity.annotation("blank")).contains(" ");
  }

  @Test
  void a_blank_namespace_or_label_selector_is_never_asked_for() {
    CredentialSource none =
        new CredentialSource() {
          @Override
          public java.util.concurrent.CompletionStage<Credential> credential() {
            throw new AssertionError();
          }

          @Override
          public java.util.concurrent.CompletionStage<Credential> refresh(Credential rejected) {
            throw new AssertionError();
          }
        };
    FetchRequest request =
        new FetchRequest(
            dev().build(),
            none,
            List.of(ResourceType.PODS),
            null,
            "app=a",
            RequestContext.create());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.withNamespace(" "))
        .withMessage("the namespace is blank; null means all namespaces");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FetchRequest(request.cluster(), none, List.of(), null, " ", request.context()))
        .withMessageStartingWith("the label selector is blank");
    assertThat(request.withNamespace("a").withTypes(List.of()).namespace()).isEqualTo("a");
  }

  @Test
  void a_caller_needs_a_name() {
    assertThatIllegalArgumentException().isThrownBy(() -> Caller.of(" "));
    assertThatNullPointerException().isThrownBy(() -> Caller.of(null));
  }

  @Test
  void a_deadline_counts_down_and_never_below_zero() {
    Deadline hour = Deadline.after(Duration.ofHours(1));
    assertThat(hour.expired()).isFalse();
    assertThat(hour.remaining()).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
    for (Duration past : List.of(Duration.ZERO, Duration.ofDays(-9))) {
      assertThat(Deadline.after(past).expired()).isTrue();
      assertThat(Deadline.after(past).remaining()).isZero();
    }
  }

  @Test
  void a_deadline_beyond_a_hundred_years_never_comes() {
    assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).isNever()).isTrue();
    assertThat(Deadline.never().expired()).isFalse();
    assertThat(Deadline.never()).hasToString("never");
  }

  @Test
  void the_earlier_deadline_counts() {
    Deadline hour = Deadline.after(Duration.ofHours(1));
    assertThat(hour.orAfter(Duration.ofHours(2))).isSameAs(hour);
    assertThat(hour.orAfter(Duration.ofMinutes(1)).remaining())
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(Deadline.never().orAfter(Duration.ofMinutes(1)).isNever()).isFalse();
  }

  @Test
  void cancelling_runs_each_action_once() {
    CancellationSource source = new CancellationSource();
    List<String> ran = new ArrayList<>();
    Runnable twice = () -> ran.add("twice");
    source.token().onCancel(twice);
    source.token().onCancel(twice);
    source.token().onCancel(() -> ran.add("taken back")).close();
    assertThat(source.token().isCancelled()).isFalse();
    source.cancel();
    source.cancel();
    assertThat(source.token().isCancelled()).isTrue();
    assertThat(ran).containsExactly("twice", "twice");
    source.token().onCancel(() -> ran.add("late")).close();
    assertThat(ran).endsWith("late").hasSize(3);
  }

  @Test
  void an_action_may_register_and_take_back_others() {
    CancellationSource source = new CancellationSource();
    List<String> ran = new ArrayList<>();
    source.token().onCancel(() -> source.token().onCancel(() -> ran.add("inner")).close());
    source.cancel();
    assertThat(ran).containsExactly("inner");
  }

  @Test
  void never_is_never_cancelled() {
    Cancellation.NEVER
        .onCancel(
            () -> {
              throw new AssertionError();
            })
        .close();
    assertThat(Cancellation.NEVER.isCancelled()).isFalse();
  }

  @Test
  void a_configuration_exception_lists_every_mistake() {
    ConfigurationException exception =
        new ConfigurationException(
            List.of(
                new ConfigProblem("a.yaml:1", "x.y", "is wrong"), new ConfigProblem("", "", "b")));
    assertThat(exception).hasMessage("a.yaml:1 x.y: is wrong\nb");
    assertThat(exception.problems()).hasSize(2);
  }
}
