package dev.followspot.testkit;

import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Credential;
import dev.followspot.spi.CredentialException;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.FetchResult;
import dev.followspot.spi.KubernetesFetcher;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ResourceType;
import dev.followspot.spi.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Lists what the mock has, without a connection: the delegate of a fetcher under test. */
record MockFetcher(RequestHandler handler) implements KubernetesFetcher {

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request) {
    return request
        .credentials()
        .credential()
        .handle((credential, failure) -> new FetchResult(cells(request, credential, failure)));
  }

  private List<Cell> cells(
      FetchRequest request, @Nullable Credential credential, @Nullable Throwable failure) {
    List<Cell> cells = new ArrayList<>();
    for (ResourceType type : request.types()) {
      String namespace = type.namespaced() ? request.namespace() : null;
      String cluster = request.cluster().name();
      if (request.context().cancellation().isCancelled()) {
        cells.add(
            Cell.failed(cluster, namespace, type, CellStatus.CANCELLED, "the caller cancelled"));
      } else if (credential == null) {
        cells.add(failed(cluster, namespace, type, failure));
      } else {
        cells.add(list(cluster, namespace, type, request.labelSelector(), credential));
      }
    }
    return cells;
  }

  private static Cell failed(
      String cluster, @Nullable String namespace, ResourceType type, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return Cell.failed(
        cluster,
        namespace,
        type,
        CellStatus.CREDENTIAL,
        cause instanceof CredentialException
            ? String.valueOf(cause.getMessage())
            : "the credential source failed");
  }

  private Cell list(
      String cluster,
      @Nullable String namespace,
      ResourceType type,
      String selector,
      Credential credential) {
    String path =
        (type.group().isEmpty() ? "/api/" : "/apis/" + encoded(type.group()) + "/")
            + encoded(type.apiVersion())
            + (namespace == null ? "" : "/namespaces/" + encoded(namespace))
            + "/"
            + encoded(type.plural());
    String authorization =
        credential.bearerToken().map(Secret::reveal).map("Bearer "::concat).orElse(null);
    Answer answer =
        handler
            .handle("GET", path + "?labelSelector=" + encoded(selector), authorization, "none")
            .answer();
    try {
      Map<String, Object> body =
          answer.headers().getOrDefault("Content-Type", "").equals("application/json")
              ? JsonText.read(new String(answer.body(), StandardCharsets.UTF_8))
              : Map.of();
      return cell(cluster, namespace, type, path, answer.status(), body);
    } catch (IOException e) {
      return Cell.failed(cluster, namespace, type, CellStatus.INVALID_RESPONSE, "not JSON");
    }
  }

  private static Cell cell(
      String cluster,
      @Nullable String namespace,
      ResourceType type,
      String path,
      int status,
      Map<String, Object> body) {
    List<KubernetesObject> objects = new ArrayList<>();
    if (status == 200 && body.get("items") instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> map) {
          objects.addAll(Documents.objects(map));
        }
      }
    }
    return new Cell(
        cluster,
        namespace,
        type,
        status(status, body),
        status,
        body.get("reason") instanceof String reason ? reason : null,
        body.get("message") instanceof String message ? message : null,
        path,
        false,
        Duration.ZERO,
        objects);
  }

  private static CellStatus status(int code, Map<String, Object> body) {
    return switch (code) {
      case 200 ->
          body.get("items") instanceof List<?> ? CellStatus.OK : CellStatus.INVALID_RESPONSE;
      case 400, 422 -> CellStatus.BAD_REQUEST;
      case 401 -> CellStatus.UNAUTHORIZED;
      case 403 -> CellStatus.FORBIDDEN;
      // The objects' own names are not asked for, so what is not found is the type.
      case 404 -> CellStatus.NOT_SERVED;
      case 429 -> CellStatus.THROTTLED;
      default -> code >= 500 ? CellStatus.SERVER_ERROR : CellStatus.INVALID_RESPONSE;
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
