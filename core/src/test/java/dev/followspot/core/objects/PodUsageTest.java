package dev.followspot.core.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.json.Json;
import dev.followspot.core.json.JsonOutput;
import dev.followspot.spi.KubernetesObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodUsageTest {

  private static final String SEVERAL =
      """
      {"metadata":{"name":"demo-1","namespace":"team-a"},
       "spec":{"initContainers":[{"name":"init","resources":{"requests":{"cpu":"7","memory":"7Gi"}}}],
        "containers":[
          {"name":"a","resources":{"requests":{"cpu":"1","memory":"100"},"limits":{"cpu":"2k","memory":"1k"}}},
          {"name":"b","resources":{"requests":{"cpu":"0.5","memory":"1M"},"limits":{"cpu":"100u","memory":"1Gi"}}},
          {"name":"c","resources":{"requests":{"cpu":"250m","memory":"128974848"},"limits":{"cpu":"1","memory":"129e6"}}},
          {"name":"d","resources":{"requests":{"memory":"128974848000m"},"limits":{"memory":"1Ti"}}}]}}
      """;

  private static final String SEVERAL_METRICS =
      """
      {"metadata":{"name":"demo-1","namespace":"team-a"},"containers":[
        {"name":"d","usage":{"cpu":"2","memory":"3Mi"}},
        {"name":"a","usage":{"cpu":"1500000n","memory":"1Ki"}},
        {"name":"b","usage":{"cpu":"250u","memory":"1500"}},
        {"name":"init","usage":{"cpu":"5","memory":"5Gi"}},
        {"name":"c","usage":{"cpu":"0","memory":"0"}}]}
      """;

  @Test
  void the_figures_of_several_containers_are_added_exactly() {
    PodUsage usage = PodUsage.join(objects(SEVERAL), objects(SEVERAL_METRICS)).get(0);

    assertThat(usage.cpu()).isEqualTo(usage("2.00175", "1.75", "2001.0001"));
    assertThat(usage.memory()).isEqualTo(usage("3148252", "258949796", "1100714370600"));
    assertThat(usage.containers())
        .containsExactly(
            new ContainerUsage("a", usage("0.0015", "1", "2000"), usage("1024", "100", "1000")),
            new ContainerUsage(
                "b", usage("0.00025", "0.5", "0.0001"), usage("1500", "1000000", "1073741824")),
            new ContainerUsage("c", usage("0", "0.25", "1"), usage("0", "128974848", "129000000")),
            new ContainerUsage(
                "d", usage("2", "0", "0"), usage("3145728", "128974848", "1099511627776")));
  }

  @Test
  void a_pod_without_metrics_uses_nothing_and_has_no_containers() {
    PodUsage usage = PodUsage.join(objects(SEVERAL), List.of()).get(0);

    assertThat(usage.cpu()).isEqualTo(usage("0", "1.75", "2001.0001"));
    assertThat(usage.memory().currentUsage()).isZero();
    assertThat(usage.containers()).isEmpty();
  }

  @Test
  void a_container_without_metrics_still_requests_what_it_requests() {
    PodUsage usage =
        PodUsage.join(
                objects(SEVERAL),
                objects(
                    """
                    {"metadata":{"name":"demo-1","namespace":"team-a"},
                     "containers":[{"name":"b","usage":{"cpu":"1m"}},{"name":"x","usage":{"cpu":"9"}}]}"""))
            .get(0);

    assertThat(usage.cpu()).isEqualTo(usage("0.001", "1.75", "2001.0001"));
    assertThat(usage.containers()).extracting(ContainerUsage::container).containsExactly("b");
    assertThat(usage.containers().get(0).memory().currentUsage()).isZero();
  }

  @Test
  void pods_are_joined_by_namespace_and_name_in_their_order() {
    List<PodUsage> usages =
        PodUsage.join(
            objects(pod("b", "x"), pod("a", "x"), pod("b", "y"), pod("b", "x")),
            objects(
                metrics("a", "x", "1"),
                metrics("b", "x", "2"),
                metrics("b", "z", "3"),
                metrics("b", "x", "4")));

    assertThat(usages)
        .extracting(usage -> usage.cpu().currentUsage())
        .containsExactly(
            BigDecimal.valueOf(2), BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.valueOf(2));
    assertThat(usages.get(0)).asString().startsWith("PodUsage[b/x, ");
  }

  @Test
  void a_malformed_quantity_counts_as_absent_and_is_told() {
    List<String> warnings = new ArrayList<>();
    PodUsage usage =
        PodUsage.join(
                objects(
                    """
                    {"metadata":{"name":"p","namespace":"n"},"spec":{"containers":[
                      {"name":"main","resources":{"requests":{"cpu":"lots","memory":"1e999999999"},"limits":{"cpu":["1"],"memory":512}}}]}}"""),
                objects(metrics("n", "p", "1,5")),
                warnings::add)
            .get(0);

    assertThat(usage.cpu()).isEqualTo(Usage.NONE);
    assertThat(usage.memory()).isEqualTo(usage("0", "0", "512"));
    assertThat(warnings)
        .containsExactlyInAnyOrder(
            "the cpu usage of container 'main' of pod n/p is no quantity such as 250m or 1.5Gi; it counts as absent",
            "the cpu request of container 'main' of pod n/p is no quantity such as 250m or 1.5Gi; it counts as absent",
            "the cpu limit of container 'main' of pod n/p is no quantity such as 250m or 1.5Gi; it counts as absent",
            "the memory request of container 'main' of pod n/p is no quantity such as 250m or 1.5Gi; it counts as absent");
  }

  @Test
  void odd_shapes_harm_nobody() {
    for (String odd :
        List.of(
            "{}",
            "{\"metadata\":[],\"spec\":7,\"containers\":{}}",
            "{\"spec\":{\"containers\":[null,1,[],{},{\"name\":3,\"resources\":[]}]},\"containers\":[null,{},{\"name\":\"\",\"usage\":\"x\"}]}",
            "{\"spec\":{\"containers\":[{\"name\":\"a\",\"resources\":{\"requests\":\"x\",\"limits\":null}}]},\"containers\":[{\"name\":\"a\",\"usage\":null}]}")) {
      List<PodUsage> usages = PodUsage.join(objects(odd), objects(odd));
      assertThat(usages).as(odd).hasSize(1);
      assertThat(usages.get(0).cpu()).isEqualTo(Usage.NONE);
    }
  }

  @Test
  void figures_are_written_as_numbers_and_bytes_as_digits() throws IOException {
    String fraction =
        """
        {"metadata":{"name":"p","namespace":"n"},"spec":{"containers":[{"name":"main","resources":
          {"requests":{"cpu":"1n","memory":"500m"},"limits":{"cpu":"3e2","memory":"1Ei"}}}]}}""";
    assertThat(
            json(PodUsage.join(objects(fraction), objects(metrics("n", "p", "12345678n"))).get(0)))
        .isEqualTo(
            Json.parse(
                """
                {"pod":{"metadata":{"name":"p","namespace":"n"},"spec":{"containers":[{"name":"main","resources":
                  {"requests":{"cpu":"1n","memory":"500m"},"limits":{"cpu":"3e2","memory":"1Ei"}}}]}},
                 "cpu":{"currentUsage":0.012345678,"requestTotal":1E-9,"limitTotal":300},
                 "memory":{"currentUsage":0,"requestTotal":0.5,"limitTotal":"1152921504606846976"},
                 "containers":[{"container":"main",
                   "cpuUsage":{"currentUsage":0.012345678,"requestTotal":1E-9,"limitTotal":300},
                   "memoryUsage":{"currentUsage":0,"requestTotal":0.5,"limitTotal":"1152921504606846976"}}]}"""));
  }

  private static Object json(PodUsage usage) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonOutput json = new JsonOutput(out);
    PodUsageJson.write(json, usage);
    json.finish();
    return Json.parse(out.toString(UTF_8));
  }

  private static Usage usage(String current, String request, String limit) {
    return new Usage(new BigDecimal(current), new BigDecimal(request), new BigDecimal(limit));
  }

  private static String pod(String namespace, String name) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\",\"namespace\":\""
        + namespace
        + "\"},"
        + "\"spec\":{\"containers\":[{\"name\":\"main\"}]}}";
  }

  private static String metrics(String namespace, String name, String cpu) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\",\"namespace\":\""
        + namespace
        + "\"},"
        + "\"containers\":[{\"name\":\"main\",\"usage\":{\"cpu\":\""
        + cpu
        + "\"}}]}";
  }

  @SuppressWarnings("unchecked")
  private static List<KubernetesObject> objects(String... jsons) {
    List<KubernetesObject> objects = new ArrayList<>();
    for (String json : jsons) {
      objects.add(KubernetesObject.of((Map<String, ?>) Json.parse(json)));
    }
    return objects;
  }
}
