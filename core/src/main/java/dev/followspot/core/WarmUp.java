package dev.followspot.core;

import dev.followspot.core.json.InvalidListException;
import dev.followspot.core.json.ObjectLists;
import dev.followspot.spi.Cell;
import dev.followspot.spi.CellStatus;
import dev.followspot.spi.Cluster;
import dev.followspot.spi.ClusterObjects;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.KubernetesObject;
import dev.followspot.spi.ObjectsResult;
import dev.followspot.spi.ResourceType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes one pod that there is not, so that the classes that it takes are loaded before
 * the first look-up needs them. With TLS, which is loaded meanwhile, that saves a sixth of its
 * time.
 */
final class WarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private static final String PODS =
      """
      {"kind": "PodList", "metadata": {"resourceVersion": "1"}, "items": [
        {"metadata": {"name": "a", "namespace": "a"}, "spec": {"containers": [{"name": "a",
          "resources": {"requests": {"cpu": "1m"}, "limits": {"memory": "1Mi"}}}]}}]}
      """;

  private static final String METRICS =
      """
      {"kind": "PodMetricsList", "items": [{"metadata": {"name": "a", "namespace": "a"},
        "containers": [{"name": "a", "usage": {"cpu": "1n", "memory": "1Ki"}}]}]}
      """;

  private WarmUp() {}

  static void run() {
    try {
      Cluster cluster =
          Cluster.named("warm-up").url("https://localhost").authProvider("anonymous").build();
      List<Cell> cells =
          List.of(cell(ResourceType.PODS, PODS), cell(ResourceType.POD_METRICS, METRICS));
      ObjectsResult found =
          new ObjectsResult(
              new EntityRef("component", "default", "warm-up"),
              List.of(new ClusterObjects(cluster, cells)),
              List.of());
      new LookupResult(found).writeBackstageJson(OutputStream.nullOutputStream());
    } catch (IOException | InvalidListException | RuntimeException | LinkageError e) {
      LOG.debug("reading and writing could not be warmed up", e);
    }
  }

  private static Cell cell(ResourceType type, String list) throws InvalidListException {
    byte[] body = list.getBytes(StandardCharsets.UTF_8);
    List<KubernetesObject> objects = ObjectLists.parse(body, body.length).objects();
    return new Cell(
        "warm-up", "a", type, CellStatus.OK, 200, null, null, "/", false, Duration.ZERO, objects);
  }
}
