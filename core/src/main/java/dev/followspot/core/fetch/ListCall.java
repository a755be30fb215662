package dev.followspot.core.fetch;

import dev.followspot.core.http.ApiClient;
import dev.followspot.core.http.ApiFailure;
import dev.followspot.core.http.ApiRequest;
import dev.followspot.core.http.ApiResponse;
import dev.followspot.core.json.InvalidListException;
import dev.followspot.core.json.ObjectList;
import dev.followspot.core.json.ObjectLists;
import dev.followspot.core.json.SecretMask;
import dev.followspot.core.stage.Stages;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Credential;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One list, page by page, that becomes one cell. What went before a failure is kept: the cell is
 * then {@code truncated}. Its state is used by one thread at a time.
 */
final class ListCall {

  private static final int GONE = 410;

  /**
   * How many bytes a page should have, once it is known how large the objects are. Each page costs
   * a round trip: 10,000 pods are there after 5 instead of 20.
   */
  private static final long LARGE_PAGE = 16 << 20;

  private final ApiClient client;
  private final FetchSettings settings;
  private final FetchRequest request;
  private final ResourceType type;
  private final @Nullable String namespace;
  private final String path;
  private final String query;
  private final List<KubernetesObject> objects = new ArrayList<>();
  private Duration duration = Duration.ZERO;
  private @Nullable String fullPath;
  private boolean restarted;
  private long bytes;

  ListCall(
      ApiClient client,
      FetchSettings settings,
      FetchRequest request,
      ResourceType type,
      @Nullable String namespace) {
    this.client = client;
    this.settings = settings;
    this.request = request;
    this.type = type;
    this.namespace = namespace;
    this.path = ResourcePaths.list(type, namespace);
    this.query = "labelSelector=" + ResourcePaths.encode(request.labelSelector()) + "&limit=";
  }

  CompletionStage<Cell> run() {
    return page(null);
  }

  private CompletionStage<Cell> page(@Nullable String continueToken) {
    int most = stillWanted();
    String page =
        continueToken == null
            ? query + settings.pageSize()
            : query + pageSize(most) + "&continue=" + ResourcePaths.encode(continueToken);
    ApiRequest call =
        new ApiRequest(
            request.cluster(),
            request.credentials(),
            path,
            page,
            request.context(),
            () -> new ListBody(most));
    fullPath = call.fullPath();
    return client
        .get(call)
        .handle(
            (response, failure) ->
                failure == null
                    ? answered(response, continueToken, most)
                    : CompletableFuture.completedFuture(failed(failure)))
        .thenCompose(next -> next);
  }

  private long pageSize(int most) {
    long fitting = objects.size() * LARGE_PAGE / Math.max(bytes, 1);
    return Math.min(most, Math.max(settings.pageSize(), fitting));
  }

  /** One object beyond the limit tells that there are too many. */
  private int stillWanted() {
    return (int) Math.min(Integer.MAX_VALUE, settings.maxObjects() - objects.size() + 1L);
  }

  private CompletionStage<Cell> answered(
      ApiResponse response, @Nullable String continueToken, int most) {
    duration = duration.plus(response.duration());
    int status = response.status();
    if (status == GONE && continueToken != null && !restarted) {
      // The continue token is too old for the cluster: what was read does not fit what is there.
      restarted = true;
      objects.clear();
      bytes = 0;
      return page(null);
    }
    if (status < 200 || status > 299) {
      ErrorAnswer error = ErrorAnswer.of(response, request.cluster(), type);
      return CompletableFuture.completedFuture(
          cell(error.status(), status, error.reason(), withoutToken(error.message())));
    }
    ObjectList list;
    try {
      list = ListBody.of(response, most);
    } catch (InvalidListException e) {
      return CompletableFuture.completedFuture(
          cell(
              CellStatus.INVALID_RESPONSE,
              status,
              null,
              withoutToken(Texts.printable(String.valueOf(e.getMessage()), 500))));
    }
    String wrongKind = wrongKind(list.kind());
    if (wrongKind != null) {
      return CompletableFuture.completedFuture(
          cell(CellStatus.INVALID_RESPONSE, status, null, wrongKind));
    }
    add(list);
    String next = list.continueToken();
    boolean more = next != null && !next.isEmpty();
    bytes += response.length();
    if (objects.size() > settings.maxObjects()
        || (more && objects.size() == settings.maxObjects())) {
      return CompletableFuture.completedFuture(
          cutOff(settings.maxObjects(), settings.maxObjects() + " objects", "maxObjects"));
    }
    if (more && bytes > settings.maxBytes()) {
      return CompletableFuture.completedFuture(
          cutOff(objects.size(), settings.maxBytes() + " bytes", "maxBytes"));
    }
    if (next == null || !more) {
      return CompletableFuture.completedFuture(cell(CellStatus.OK, status, null, null));
    }
    if (next.equals(continueToken)) {
      return CompletableFuture.completedFuture(
          cell(
              CellStatus.INVALID_RESPONSE,
              status,
              null,
              "the API server gives the same page again and again"));
    }
    return page(next);
  }

  /** A server may say the token that it was sent, which nobody else should see. */
  private String withoutToken(String message) {
    Credential credential =
        request.credentials().credential().toCompletableFuture().getNow(Credential.none());
    return credential
        .bearerToken()
        .map(token -> message.replace(token.reveal(), Secret.MASK))
        .orElse(message);
  }

  private @Nullable String wrongKind(@Nullable String kind) {
    String expected = ObjectTypes.kind(type);
    return kind == null || expected == null || kind.equals(expected + "List")
        ? null
        : "the API server answered with a "
            + Texts.printable(kind, 80)
            + "; a "
            + expected
            + "List was asked for";
  }

  private void add(ObjectList list) {
    boolean secrets =
        (type.group().isEmpty() && type.plural().equals("secrets"))
            || "SecretList".equals(list.kind());
    String kind = type.isCustom() ? itemKind(list.kind()) : null;
    for (KubernetesObject object : list.objects()) {
      KubernetesObject safe = secrets ? SecretMask.mask(object) : object;
      objects.add(kind == null ? safe : ObjectLists.withKind(safe, kind, null));
    }
  }

  /** As in Backstage: the kind of the list less one {@code List} at its end. */
  private static @Nullable String itemKind(@Nullable String listKind) {
    return listKind != null && listKind.endsWith("List")
        ? listKind.substring(0, listKind.length() - "List".length())
        : listKind;
  }

  private Cell cutOff(int kept, String most, String setting) {
    return new Cell(
        request.cluster().name(),
        namespace,
        type,
        CellStatus.OK,
        200,
        null,
        "there are more than "
            + most
            + "; choose fewer by the label selector, or raise followspot.fetch."
            + setting,
        fullPath,
        true,
        duration,
        objects.subList(0, kept));
  }

  private Cell failed(Throwable thrown) {
    Throwable cause = Stages.cause(thrown);
    if (cause instanceof ApiFailure failure) {
      duration = duration.plus(failure.duration());
      return cell(failure.status(), 0, null, failure.getMessage());
    }
    return cell(CellStatus.EXTENSION, 0, null, "the request failed: " + cause.getClass().getName());
  }

  private Cell cell(
      CellStatus status, int httpStatus, @Nullable String reason, @Nullable String message) {
    return new Cell(
        request.cluster().name(),
        namespace,
        type,
        status,
        httpStatus,
        reason,
        message,
        fullPath,
        status != CellStatus.OK && !objects.isEmpty(),
        duration,
        objects);
  }
}
