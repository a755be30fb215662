package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class StartTest {

  @Test
  void without_arguments_it_shows_mock_clusters() throws Exception {
    try (Backend backend = Backend.start(List.of(), Map.of(), "--port", "0")) {
      HttpRequest clusters =
          HttpRequest.newBuilder(backend.url().resolve("/api/kubernetes/clusters")).build();
      assertThat(HttpClient.newHttpClient().send(clusters, BodyHandlers.ofString()).body())
          .startsWith("{\"items\":[{\"name\":");
    }
  }
}
