package dev.followspot.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.spi.KubernetesObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListBytesTest {

  private static final byte[] LIST = list(500);

  private static byte[] list(int pods) {
    StringBuilder list =
        new StringBuilder("{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[");
    for (int i = 0; i < pods; i++) {
      list.append(i == 0 ? "" : ",")
          .append("{\"metadata\":{\"name\":\"pod-" + i + "\",\"namespace\":\"dev\"},")
          .append(
              "\"spec\":{\"containers\":[{\"name\":\"main\",\"resources\":{}}]},\"n\":" + i + "}");
    }
    return list.append("]}").toString().getBytes(UTF_8);
  }

  private static List<KubernetesObject> objects(ListScanner scanner) {
    assertThat(scanner.read(LIST, LIST.length)).isEqualTo(LIST.length);
    return Objects.requireNonNull(scanner.list()).objects();
  }

  private static String written(List<KubernetesObject> objects) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonOutput json = new JsonOutput(out);
    json.beginArray();
    for (KubernetesObject object : objects) {
      json.object(object);
    }
    json.endArray();
    json.finish();
    return out.toString(UTF_8);
  }

  @Test
  void packed_objects_are_what_they_were() throws Exception {
    List<KubernetesObject> plain = objects(new ListScanner(Integer.MAX_VALUE));
    ListScanner scanner = new ListScanner(Integer.MAX_VALUE);
    List<KubernetesObject> packed = objects(scanner);
    assertThat(scanner.source().pack(LIST.length)).isGreaterThan(LIST.length * 8 / 10);

    assertThat(written(packed)).isEqualTo(written(plain));
    assertThat(packed).isEqualTo(plain);
    assertThat(packed.get(7).hashCode()).isEqualTo(plain.get(7).hashCode());
    KubernetesObject pod = packed.get(499);
    assertThat(pod.name()).isEqualTo("pod-499");
    assertThat(pod.field("spec", "containers", "0", "name")).contains("main");
    assertThat(pod.field("n")).contains(499);
    assertThat(pod.asMap()).isEqualTo(plain.get(499).asMap());
    assertThat(
            Elements.of(List.of("spec", "containers"), List.of(List.of("name"))).in(packed.get(3)))
        .containsExactly(new Object[] {"main"});
    assertThat(ObjectLists.withKind(packed.get(0), "Pod", "v1").kind()).isEqualTo("Pod");
  }

  @Test
  void they_are_unpacked_again_when_memory_was_needed_meanwhile() throws Exception {
    ListScanner scanner = new ListScanner(Integer.MAX_VALUE);
    List<KubernetesObject> packed = objects(scanner);
    String before = written(packed);
    scanner.source().pack(LIST.length);
    WeakReference<byte[]> unpacked = new WeakReference<>(scanner.source().array());
    assertThat(scanner.source().array()).isSameAs(unpacked.get());
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (unpacked.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    assertThat(unpacked.get()).isNull();
    assertThat(written(packed)).isEqualTo(before);
  }

  @Test
  void several_threads_may_unpack_at_once() throws Exception {
    for (int i = 0; i < 50; i++) {
      ListScanner scanner = new ListScanner(Integer.MAX_VALUE);
      List<KubernetesObject> packed = objects(scanner);
      scanner.source().pack(LIST.length);
      List<CompletableFuture<String>> names = new ArrayList<>();
      for (int j = 0; j < 4; j++) {
        names.add(CompletableFuture.supplyAsync(() -> packed.get(250).name()));
      }
      for (CompletableFuture<String> name : names) {
        assertThat(name.get()).isEqualTo("pod-250");
      }
    }
  }

  @Test
  void only_what_was_read_is_kept() {
    ListBytes bytes = new ListBytes(LIST);
    bytes.pack(LIST.length / 2);
    assertThat(bytes.array()).isEqualTo(Arrays.copyOf(LIST, LIST.length / 2));
    ByteBuffer copy = ByteBuffer.allocate(100);
    bytes.copyTo(copy, 100);
    assertThat(copy.array()).isEqualTo(Arrays.copyOf(LIST, 100));
  }

  @Test
  void what_is_packed_already_stays_so() {
    ListBytes bytes = new ListBytes(LIST);
    assertThat(bytes.pack(LIST.length)).isPositive();
    assertThat(bytes.pack(LIST.length)).isZero();
    assertThat(bytes.array()).isEqualTo(LIST);
  }

  @Test
  void short_and_random_bytes_stay_as_they_are() {
    assertThat(new ListBytes(LIST).pack(1000)).isZero();
    byte[] random = new byte[100_000];
    new Random(1).nextBytes(random);
    ListBytes bytes = new ListBytes(random);
    assertThat(bytes.pack(random.length)).isZero();
    assertThat(bytes.array()).isSameAs(random);
  }

  @Test
  void what_packs_to_half_is_worth_it() {
    byte[] half = new byte[100_000];
    Random random = new Random(2);
    for (int i = 0; i < half.length; i++) {
      half[i] = (byte) ('a' + random.nextInt(16));
    }
    byte[] same = half.clone();
    ListBytes bytes = new ListBytes(half);
    assertThat(bytes.pack(half.length)).isBetween(30_000, 60_000);
    assertThat(bytes.array()).isEqualTo(same);
  }
}
