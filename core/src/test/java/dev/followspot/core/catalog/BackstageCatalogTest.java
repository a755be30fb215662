package dev.followspot.core.catalog;

import static dev.followspot.core.catalog.Entities.find;
import static dev.followspot.core.catalog.Entities.get;
import static dev.followspot.core.catalog.Entities.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.core.catalog.BackstageServer.Answer;
import dev.followspot.spi.CancellationSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import dev.followspot.spi.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackstageCatalogTest {

  private static final String A = "/by-name/component/default/a";
  private static final String ENTITY =
      """
      { "apiVersion": "v1", "kind": "%s", "metadata": { "name": "%s", "uid": "1" },
        "spec": { "type": "x" },
        "relations": [ { "type": "ownedBy", "targetRef": "group:default/team" } ] }
      """;

  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private final List<BackstageCatalog> opened = new ArrayList<>();
  private BackstageServer server;

  @BeforeEach
  void start() throws Exception {
    server = new BackstageServer();
  }

  @AfterEach
  void close() {
    opened.forEach(BackstageCatalog::close);
    server.close();
  }

  private BackstageCatalogBuilder builder() {
    return Catalogs.backstage(server.url()).nanos(nanos::get);
  }

  private BackstageCatalog open(BackstageCatalogBuilder builder) {
    BackstageCatalog catalog = builder.open();
    opened.add(catalog);
    return catalog;
  }

  private BackstageCatalog open() {
    return open(builder());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static CatalogException failure(EntityCatalog catalog, String ref) {
    return (CatalogException)
        catchThrowableOfType(ExecutionException.class, () -> find(catalog, ref)).getCause();
  }

  private static CatalogException failure(EntityCatalog catalog) {
    return (CatalogException)
        catchThrowableOfType(ExecutionException.class, () -> names(catalog, "Resource")).getCause();
  }

  private static String page(String items, String cursor) {
    String info = cursor.isEmpty() ? "{}" : "{ \"nextCursor\": \"" + cursor + "\" }";
    return "{ \"items\": [" + items + "], \"totalItems\": 9, \"pageInfo\": " + info + " }";
  }

  private static String entities(String kind, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> ENTITY.formatted(kind, "e" + i))
        .collect(Collectors.joining(","));
  }

  @Test
  void an_entity_is_asked_for_by_its_name_and_has_the_relations_of_the_catalog() throws Exception {
    server.on(A, ENTITY.formatted("Component", "A"));
    Entity entity = get(open(builder().token(Secret.of("the-token"))), "Component:Default/A");

    assertThat(entity.name()).isEqualTo("A");
    assertThat(Entities.relations(entity)).containsExactly("ownedBy group:default/team");
    assertThat(server.asked).containsExactly("/api/catalog/entities" + A);
    assertThat(server.tokens).containsExactly("Bearer the-token");
  }

  @Test
  void an_entity_that_is_not_there_is_no_failure_and_kept_like_any_answer() throws Exception {
    BackstageCatalog catalog = open();
    assertThat(find(catalog, "component:none")).isEmpty();
    assertThat(find(catalog, "component:none")).isEmpty();
    assertThat(server.asked).hasSize(1);
    assertThat(server.tokens).containsExactly("null");
    assertThat(catalog.problems()).isEmpty();
  }

  @Test
  void names_cannot_leave_their_place_in_the_path() throws Exception {
    BackstageCatalog catalog = open();
    assertThat(find(catalog, "component:a b?x=%2e%2e#y/c;d")).isEmpty();
    assertThat(find(catalog, "component:../..")).isEmpty();
    assertThat(find(catalog, "..:a/b")).isEmpty();
    assertThat(server.asked)
        .containsExactly(
            "/api/catalog/entities/by-name/component/a%20b%3Fx%3D%252e%252e%23y/c%3Bd");
  }

  @Test
  void the_entities_of_a_kind_come_page_by_page() throws Exception {
    server.on(
        "/by-query?filter=kind=resource&limit=500", page(entities("Resource", 0, 3), "a/b+c="));
    server.on("/by-query?limit=500&cursor=a%2Fb%2Bc%3D", page(entities("resource", 2, 5), "next"));
    server.on("/by-query?limit=500&cursor=next", page("", ""));
    BackstageCatalog catalog = open();
    assertThat(names(catalog, "Resource")).containsExactly("e0", "e1", "e2", "e3", "e4");
    assertThat(names(catalog, "RESOURCE")).hasSize(5);
    assertThat(server.asked).hasSize(3);
  }

  @Test
  void entities_that_cannot_be_read_or_were_not_asked_for_are_left_out() throws Exception {
    String bad = "{ \"kind\": \"Resource\", \"metadata\": { \"name\": \"a b\" } }";
    server.otherwise =
        target ->
            Answer.json(
                page(
                    bad
                        + ", null, 5,"
                        + ENTITY.formatted("Group", "g")
                        + ","
                        + ENTITY.formatted("Resource", "good"),
                    ""));
    BackstageCatalog catalog = open();
    assertThat(names(catalog, "Resource")).containsExactly("good");
    assertThat(catalog.problems())
        .hasSize(3)
        .allMatch(p -> p.message().startsWith("an entity of kind resource cannot be read"));
  }

  @Test
  void pages_without_end_are_given_up() {
    server.otherwise = target -> Answer.json(page(entities("Resource", 0, 1), "same"));
    assertThat(failure(open())).hasMessageContaining("gives pages without end");
    assertThat(server.asked).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "401, does not accept the token (401); check followspot.catalog.token, true",
    "403, does not allow that its entities are read (403), true",
    "302, answers with 302 and redirects are not followed, false",
    "500, answers with 500, false",
    "400, answers with 400, false"
  })
  void a_refusal_is_told(int status, String message, boolean refused) {
    server.otherwise = target -> new Answer(status, "application/json", "{\"error\":{}}");
    BackstageCatalog catalog = open(builder().token(Secret.of("the-token")));
    CatalogException failure = failure(catalog, "component:a");
    assertThat(failure.getMessage().replace(",", ""))
        .contains(message)
        .contains(server.url().toString())
        .doesNotContain("the-token");
    assertThat(failure.refused()).isEqualTo(refused);
    assertThat(failure(catalog).refused()).isEqualTo(refused);
    assertThat(server.asked).noneMatch(target -> target.contains("login"));
    assertThat(catalog.problems()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>log in</html>", "", "[]", "null", "{ \"a\": ", "5"})
  void an_answer_that_is_no_entity_is_told(String body) {
    server.otherwise = target -> new Answer(200, "text/html", body);
    assertThat(failure(open(), "component:a").getMessage())
        .contains("the catalog at " + server.url());
    assertThat(failure(open()).getMessage()).contains("the catalog at " + server.url());
  }

  @Test
  void a_page_that_says_404_is_no_answer_of_a_catalog() {
    server.otherwise = target -> new Answer(404, "text/html; charset=utf-8", "<h1>Not found</h1>");
    assertThat(failure(open(), "component:a"))
        .hasMessageContaining("answers with 404; check followspot.catalog.url");
  }

  @Test
  void another_entity_than_the_one_asked_for_is_refused() {
    server.on(A, ENTITY.formatted("Component", "b"));
    assertThat(failure(open(), "component:a"))
        .hasMessageContaining("gives component:default/b when asked for component:default/a");
  }

  @Test
  void an_answer_without_end_is_cut_off() {
    server.on(A, "[\"" + "x".repeat(40 << 20) + "\"]");
    assertThat(failure(open(), "component:a")).hasMessageContaining("cannot be asked");
  }

  @Test
  void an_answer_counts_for_a_while_and_is_then_asked_for_again() throws Exception {
    server.on(A, ENTITY.formatted("Component", "a"));
    BackstageCatalog catalog = open(builder().cacheTtl(Duration.ofSeconds(10)));
    get(catalog, "component:a");
    pass(Duration.ofSeconds(9));
    get(catalog, "component:a");
    assertThat(server.asked).hasSize(1);

    pass(Duration.ofSeconds(1));
    server.answers.clear();
    assertThat(find(catalog, "component:a")).isEmpty();
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void the_last_answer_stands_in_while_the_backend_is_down_but_not_for_ever() throws Exception {
    server.on(A, ENTITY.formatted("Component", "a"));
    BackstageCatalog catalog = open(builder().maxStale(Duration.ofMinutes(1)));
    get(catalog, "component:a");
    server.down();

    pass(Duration.ofSeconds(11));
    get(catalog, "component:a");
    assertThat(catalog.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("cannot be asked"));
    assertThat(failure(catalog, "component:b")).hasMessageContaining("cannot be asked");

    pass(Duration.ofSeconds(49));
    assertThat(failure(catalog, "component:a")).hasMessageContaining("cannot be asked");

    server.up();
    get(catalog, "component:a");
    assertThat(catalog.problems()).isEmpty();
  }

  @Test
  void a_backend_that_is_down_is_not_asked_by_everybody_again() throws Exception {
    server.on(A, ENTITY.formatted("Component", "a"));
    BackstageCatalog catalog = open();
    get(catalog, "component:a");
    server.answers.put("/api/catalog/entities" + A, new Answer(500, "text/plain", "x"));
    pass(Duration.ofSeconds(11));
    get(catalog, "component:a");
    get(catalog, "component:a");
    assertThat(server.asked).hasSize(2);
    pass(Duration.ofSeconds(11));
    get(catalog, "component:a");
    assertThat(server.asked).hasSize(3);
  }

  @Test
  void nothing_that_was_said_before_counts_once_the_token_is_refused() throws Exception {
    server.on(A, ENTITY.formatted("Component", "a"));
    BackstageCatalog catalog = open();
    get(catalog, "component:a");
    server.answers.put("/api/catalog/entities" + A, new Answer(401, "application/json", "{}"));
    pass(Duration.ofSeconds(11));
    assertThat(failure(catalog, "component:a").refused()).isTrue();
  }

  @Test
  void callers_at_the_same_time_share_a_request_and_none_ends_it_for_the_others() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    server.otherwise =
        target -> {
          asked.countDown();
          answer.await();
          return Answer.json(ENTITY.formatted("Component", "a"));
        };
    BackstageCatalog catalog = open(builder().requestTimeout(Duration.ofMinutes(1)));
    EntityRef ref = EntityRef.parse("component:a");
    CancellationSource cancellation = new CancellationSource();
    RequestContext context = RequestContext.create();
    CompletableFuture<Optional<Entity>> cancelled =
        catalog.entity(ref, context.withCancellation(cancellation.token())).toCompletableFuture();
    CompletableFuture<Optional<Entity>> late =
        catalog
            .entity(ref, context.withDeadline(Deadline.after(Duration.ofMillis(50))))
            .toCompletableFuture();
    CompletableFuture<Optional<Entity>> patient =
        catalog.entity(ref, context).toCompletableFuture();
    CompletableFuture<Optional<Entity>> completed =
        catalog.entity(ref, context).toCompletableFuture();
    completed.complete(Optional.empty());
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    cancellation.cancel();
    assertThat(cancelled).isCompletedExceptionally();
    assertThatThrownBy(() -> late.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("did not answer in time for this request");
    answer.countDown();
    assertThat(patient.get(30, TimeUnit.SECONDS)).isPresent();
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void a_backend_that_never_answers_is_given_up() {
    CountDownLatch never = new CountDownLatch(1);
    server.otherwise =
        target -> {
          never.await();
          throw new AssertionError();
        };
    BackstageCatalog catalog = open(builder().requestTimeout(Duration.ofMillis(200)));
    assertThat(failure(catalog, "component:a")).hasMessageContaining("in time");
    never.countDown();
  }

  @Test
  void the_token_of_a_file_is_read_again_when_it_changes() throws Exception {
    Path file = folder.resolve("token");
    Files.writeString(file, "first\n");
    BackstageCatalog catalog = open(builder().tokenFile(file));
    find(catalog, "component:a");
    Files.writeString(file, "second\n");
    find(catalog, "component:b");
    assertThat(server.tokens).containsExactly("Bearer first", "Bearer second");

    Files.delete(file);
    assertThat(failure(catalog, "component:c"))
        .hasMessageContaining("the token file " + file + " does not exist");
  }

  @Test
  void the_address_may_be_that_of_the_catalog_and_have_a_path() throws Exception {
    server.answers.put(
        "/portal/api/catalog/entities" + A, Answer.json(ENTITY.formatted("Component", "a")));
    get(open(Catalogs.backstage(URI.create(server.url() + "/portal/"))), "component:a");
    get(open(Catalogs.backstage(URI.create(server.url() + "/portal/api/catalog/"))), "component:a");
    assertThatThrownBy(() -> Catalogs.backstage(URI.create("ftp://x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void after_close_requests_fail_and_no_thread_is_left() throws Exception {
    BackstageCatalog catalog = open();
    find(catalog, "component:a");
    catalog.close();
    assertThat(failure(catalog, "component:a")).hasMessage("the catalog is closed");
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("followspot-catalog-remote")) {
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void no_more_answers_are_kept_than_a_bound() throws Exception {
    var scheduler = new java.util.concurrent.ScheduledThreadPoolExecutor(1);
    try {
      KeptAnswers<Integer, Integer> kept =
          new KeptAnswers<>(
              CompletableFuture::completedStage,
              new KeptAnswers.Times(Duration.ofDays(1), Duration.ofDays(1)),
              10,
              scheduler,
              nanos::get);
      for (int i = 0; i < 100; i++) {
        assertThat(kept.get(i, RequestContext.create()).toCompletableFuture().get()).isEqualTo(i);
      }
      assertThat(kept.size()).isEqualTo(10);
    } finally {
      scheduler.shutdownNow();
    }
  }
}
