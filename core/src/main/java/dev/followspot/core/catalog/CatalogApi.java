package dev.followspot.core.catalog;

import dev.followspot.core.config.YamlDocument;
import dev.followspot.core.http.ApiClient;
import dev.followspot.core.http.ApiRequest;
import dev.followspot.core.http.ApiResponse;
import dev.followspot.core.json.Json;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.CredentialSource;
import dev.followspot.spi.Deadline;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.RequestContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of a Backstage backend, and what its answers mean. Keeps nothing. */
final class CatalogApi {

  private static final String ENTITIES = "/api/catalog/entities";
  private static final int PAGE = 500;
  private static final int MAX_ENTITIES = 100_000;
  private static final int MAX_PAGES = 2_000;

  private final ApiClient http;
  private final Cluster backend;
  private final CredentialSource token;
  private final Duration timeout;
  private final Executor executor;
  private final BiConsumer<String, List<String>> leftOut;

  /**
   * Nothing is asked yet.
   *
   * @param backend the address and how it is trusted
   * @param timeout how long one answer, with all its pages, may take
   * @param executor reads answers
   * @param leftOut is told, for each list of a kind, what of it could not be read
   */
  CatalogApi(
      ApiClient http,
      Cluster backend,
      CredentialSource token,
      Duration timeout,
      Executor executor,
      BiConsumer<String, List<String>> leftOut) {
    this.http = http;
    this.backend = backend;
    this.token = token;
    this.timeout = timeout;
    this.executor = executor;
    this.leftOut = leftOut;
  }

  CompletionStage<Optional<Entity>> entity(EntityRef ref) {
    if (Stream.of(ref.kind(), ref.namespace(), ref.name()).anyMatch(CatalogApi::isDots)) {
      // No entity has such a name, and in a path it would lead elsewhere.
      return CompletableFuture.completedStage(Optional.empty());
    }
    String path =
        String.join(
            "/",
            ENTITIES,
            "by-name",
            encoded(ref.kind()),
            encoded(ref.namespace()),
            encoded(ref.name()));
    return ask(path, "", context()).thenApplyAsync(answer -> one(ref, answer), executor);
  }

  private static boolean isDots(String part) {
    return part.equals(".") || part.equals("..");
  }

  private Optional<Entity> one(EntityRef ref, ApiResponse answer) {
    if (answer.status() == 404 && !isPage(answer)) {
      return Optional.empty();
    }
    checkStatus(answer);
    Entity entity;
    try {
      entity = EntityReader.read(new YamlDocument(ref.toString(), object(answer)));
    } catch (ConfigurationException e) {
      throw broken("gives an entity " + ref + " that cannot be read: " + e.getMessage());
    }
    if (!entity.ref().equals(ref)) {
      throw broken("gives " + entity.ref() + " when asked for " + ref);
    }
    return Optional.of(entity);
  }

  CompletionStage<List<Entity>> entities(String kind) {
    CompletableFuture<List<Entity>> all = new CompletableFuture<>();
    new Pages(kind, all).next("filter=kind=" + encoded(kind) + "&limit=" + PAGE);
    return all;
  }

  /** Asks for one page after the other. */
  private final class Pages {
    private final String kind;
    private final CompletableFuture<List<Entity>> all;
    private final RequestContext context = context();
    private final List<Entity> entities = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final Set<String> cursors = new HashSet<>();
    private final Set<EntityRef> known = new HashSet<>();

    Pages(String kind, CompletableFuture<List<Entity>> all) {
      this.kind = kind;
      this.all = all;
    }

    void next(String query) {
      var unused =
          ask(ENTITIES + "/by-query", query, context)
              .thenAcceptAsync(this::add, executor)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      all.completeExceptionally(Stages.cause(failure));
                    }
                  });
    }

    private void add(ApiResponse answer) {
      checkStatus(answer);
      Map<?, ?> page = object(answer);
      if (!(page.get("items") instanceof List<?> items)) {
        throw broken("gives no list of entities");
      }
      items.forEach(this::add);
      if (entities.size() > MAX_ENTITIES) {
        throw broken("has more than " + MAX_ENTITIES + " entities of kind " + kind);
      }
      Object cursor =
          page.get("pageInfo") instanceof Map<?, ?> info ? info.get("nextCursor") : null;
      if (!(cursor instanceof String text) || text.isEmpty()) {
        leftOut.accept(kind, unread);
        all.complete(List.copyOf(entities));
        return;
      }
      if (!cursors.add(text) || cursors.size() > MAX_PAGES) {
        throw broken("gives pages without end");
      }
      next("limit=" + PAGE + "&cursor=" + encoded(text));
    }

    private void add(@Nullable Object item) {
      try {
        if (item == null) {
          throw broken("null");
        }
        Entity entity = EntityReader.read(new YamlDocument("the catalog", item));
        if (entity.ref().kind().equalsIgnoreCase(kind) && known.add(entity.ref())) {
          entities.add(entity);
        }
      } catch (ConfigurationException | CatalogException e) {
        unread.add("an entity of kind " + kind + " cannot be read: " + e.getMessage());
      }
    }
  }

  private RequestContext context() {
    return RequestContext.create().withDeadline(Deadline.after(timeout));
  }

  private CompletionStage<ApiResponse> ask(String path, String query, RequestContext context) {
    return http.get(new ApiRequest(backend, token, path, query, context))
        .exceptionally(
            failure -> {
              Throwable cause = Stages.cause(failure);
              throw new CatalogException(
                  "the catalog at " + backend.url() + " cannot be asked: " + cause.getMessage(),
                  false,
                  cause);
            });
  }

  private void checkStatus(ApiResponse answer) {
    int status = answer.status();
    if (status == 200) {
      return;
    }
    if (status == 401 || status == 403) {
      throw new CatalogException(
          "the catalog at "
              + backend.url()
              + (status == 401
                  ? " does not accept the token (401); check followspot.catalog.token or tokenFile,"
                      + " and backend.auth.externalAccess there"
                  : " does not allow that its entities are read (403); check what the token may"
                      + " read there"),
          true,
          null);
    }
    throw broken(
        "answers with "
            + status
            + (status / 100 == 3
                ? ", and redirects are not followed; name the address that it leads to"
                : status == 404
                    ? "; check followspot.catalog.url, below which /api/catalog is expected"
                    : ""));
  }

  private static boolean isPage(ApiResponse answer) {
    String type = answer.contentType() == null ? "" : answer.contentType();
    return type.toLowerCase(Locale.ROOT).contains("html");
  }

  private Map<?, ?> object(ApiResponse answer) {
    Object value;
    try {
      value = Json.parse(answer.body(), answer.length());
    } catch (IllegalArgumentException e) {
      throw broken("does not answer with JSON; is there a login page in between?");
    }
    if (value instanceof Map<?, ?> object) {
      return object;
    }
    throw broken("does not answer with a JSON object");
  }

  private CatalogException broken(String what) {
    return new CatalogException("the catalog at " + backend.url() + " " + what, false, null);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
