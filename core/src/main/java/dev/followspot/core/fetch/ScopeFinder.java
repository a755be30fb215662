package dev.followspot.core.fetch;

import dev.followspot.core.http.ApiClient;
import dev.followspot.core.http.ApiRequest;
import dev.followspot.core.http.ApiResponse;
import dev.followspot.core.json.Json;
import dev.followspot.spi.FetchRequest;
import dev.followspot.spi.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Asks a cluster's discovery, which every account may read, whether a type is cluster-scoped. Only
 * needed after a cluster said that it does not serve the type in a namespace.
 */
final class ScopeFinder {

  private final ApiClient client;

  ScopeFinder(ApiClient client) {
    this.client = client;
  }

  /** True if the cluster serves the type, and not in namespaces; false also if that is unknown. */
  CompletionStage<Boolean> isClusterScoped(FetchRequest request, ResourceType type) {
    return client
        .get(
            new ApiRequest(
                request.cluster(),
                request.credentials(),
                ResourcePaths.groupVersion(type),
                "",
                request.context()))
        .handle((response, failure) -> failure == null && isClusterScoped(response, type));
  }

  private static boolean isClusterScoped(ApiResponse response, ResourceType type) {
    if (response.status() != 200) {
      return false;
    }
    Object answer;
    try {
      answer = Json.parse(response.body(), response.length());
    } catch (RuntimeException e) {
      return false;
    }
    return answer instanceof Map<?, ?> map
        && map.get("resources") instanceof List<?> resources
        && resources.stream()
            .anyMatch(
                resource ->
                    resource instanceof Map<?, ?> served
                        && type.plural().equals(served.get("name"))
                        && Boolean.FALSE.equals(served.get("namespaced")));
  }
}
