package dev.followspot.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import dev.followspot.core.rest.RestRequest;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.servlet.Container.Running;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that change their protocol. */
@ParameterizedClass
@EnumSource(Container.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UpgradeTest {
  @Parameter Container container;

  private final BlockingQueue<RestRequest> requests = new LinkedBlockingQueue<>();
  private final CompletableFuture<RestResponse> answer = new CompletableFuture<>();
  private final Parts toCaller = new Parts();
  private final Received fromCaller = new Received(true);
  private Running running;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    running =
        container.start(
            request -> {
              requests.add(request);
              return answer;
            });
    caller = new Caller(running.port());
  }

  @AfterEach
  void stop() throws Exception {
    caller.close();
    running.close();
  }

  private RestRequest ask() throws Exception {
    caller.head(
        "GET /api/kubernetes/proxy/exec HTTP/1.1",
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io");
    RestRequest request = requests.poll(30, TimeUnit.SECONDS);
    assertThat(request).as("the request").isNotNull();
    return request;
  }

  private static HttpHeaders accepting() {
    return HttpHeaders.of("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        .and("Sec-WebSocket-Protocol", "v4.channel.k8s.io");
  }

  private void accept(Received taker) {
    answer.complete(
        new RestResponse(
            101, accepting(), HttpBody.of(toCaller), publisher -> publisher.subscribe(taker)));
  }

  private RestRequest upgrade() throws Exception {
    RestRequest request = ask();
    accept(fromCaller);
    caller.head();
    return request;
  }

  @Test
  void the_head_says_what_was_agreed_upon() throws Exception {
    assertThat(ask().headers().first("Upgrade")).contains("websocket");
    accept(fromCaller);
    assertThat(caller.head())
        .startsWith("HTTP/1.1 101")
        .containsIgnoringCase("\nUpgrade: websocket\n")
        .containsIgnoringCase("\nConnection: Upgrade")
        .contains(
            "\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n",
            "\nSec-WebSocket-Protocol: v4.channel.k8s.io\n")
        .doesNotContainIgnoringCase("Transfer-Encoding", "Content-Length");
  }

  @Test
  void an_answer_that_is_there_at_once_upgrades_too() throws Exception {
    accept(fromCaller);
    ask();
    assertThat(caller.head()).startsWith("HTTP/1.1 101");
    caller.send("ping");
    assertThat(fromCaller.text(4)).isEqualTo("ping");
  }

  @Test
  void bytes_pass_in_both_directions_at_once_and_outlive_the_idle_timeout() throws Exception {
    RestRequest request = upgrade();
    caller.send("ping");
    assertThat(fromCaller.text(4)).isEqualTo("ping");
    toCaller.send("pong");
    assertThat(caller.text(4)).isEqualTo("pong");
    Thread.sleep(Container.IDLE_MILLIS * 5L / 2);
    toCaller.send("\u0000\u0001");
    assertThat(caller.text(2)).isEqualTo("\u0000\u0001");
    caller.send("\u0000\u00ff\r\n");
    assertThat(fromCaller.text(4)).isEqualTo("\u0000\u00ff\r\n");
    assertThat(request.cancellation().isCancelled()).isFalse();
    assertThat(toCaller.isCancelled()).isFalse();
  }

  @Test
  void what_the_caller_sends_is_read_when_it_is_asked_for() throws Exception {
    ask();
    Received slow = new Received(false);
    accept(slow);
    caller.head();
    caller.send("one");
    Thread.sleep(200);
    assertThat(slow.parts).isEmpty();
    slow.ask();
    assertThat(slow.text(3)).isEqualTo("one");
    caller.send("two");
    Thread.sleep(200);
    assertThat(slow.parts).isEmpty();
    slow.ask();
    assertThat(slow.text(3)).isEqualTo("two");
  }

  @Test
  void what_the_caller_sends_and_nobody_asks_for_keeps_no_thread_busy() throws Exception {
    ask();
    Received slow = new Received(false);
    accept(slow);
    caller.head();
    caller.send(new byte[100_000]);
    Thread.sleep(500);
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long used = system.getProcessCpuTime();
    Thread.sleep(2000);
    assertThat((system.getProcessCpuTime() - used) / 1_000_000).as("ms of CPU").isLessThan(700);
    for (int taken = 0; taken < 100_000; taken += slow.text(1).length()) {
      slow.ask();
    }
  }

  @Test
  void a_caller_that_ends_its_direction_can_still_be_sent_to() throws Exception {
    upgrade();
    caller.send("last words");
    caller.socket.shutdownOutput();
    fromCaller.end.get(30, TimeUnit.SECONDS);
    assertThat(fromCaller.text(10)).isEqualTo("last words");
    toCaller.send("an answer");
    assertThat(caller.text(9)).isEqualTo("an answer");
    toCaller.send("and more");
    assertThat(caller.text(8)).isEqualTo("and more");
    toCaller.complete();
    assertThat(caller.isEnded()).isTrue();
  }

  @Test
  void an_end_of_the_other_side_ends_the_connection_after_all_was_sent() throws Exception {
    upgrade();
    toCaller.send("bye");
    assertThat(caller.text(3)).isEqualTo("bye");
    Thread.sleep(300);
    toCaller.complete();
    assertThat(caller.isEnded()).isTrue();
    caller.close();
    fromCaller.end.get(30, TimeUnit.SECONDS);
  }

  @Test
  void a_failure_of_the_other_side_ends_the_connection() throws Exception {
    upgrade();
    toCaller.send("x");
    caller.text(1);
    Thread.sleep(300);
    toCaller.fail(new IOException("the cluster is gone"));
    assertThat(caller.isEnded()).isTrue();
    assertThatThrownBy(() -> fromCaller.end.get(30, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void a_caller_that_is_gone_is_told_at_once_and_ends_the_other_side() throws Exception {
    RestRequest request = upgrade();
    caller.send("x");
    fromCaller.text(1);
    caller.reset();
    // Jetty makes an end of a reset, so that the next part only shows that nobody is there.
    fromCaller.end.handle((end, failure) -> "ended").get(30, TimeUnit.SECONDS);
    while (!toCaller.isCancelled()) {
      if (toCaller.isAsked()) {
        toCaller.send("are you there?");
      }
      Thread.sleep(10);
    }
    CountDownLatch cancelled = new CountDownLatch(1);
    request.cancellation().onCancel(cancelled::countDown);
    assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_caller_that_does_not_read_holds_back_the_other_side_and_is_noticed_when_it_goes()
      throws Exception {
    ask();
    CountDownLatch cancelled = new CountDownLatch(1);
    answer.complete(
        new RestResponse(
            101,
            accepting(),
            HttpBody.of(new Endless(64 * 1024, cancelled::countDown)),
            publisher -> publisher.subscribe(fromCaller)));
    caller.head();
    Thread.sleep(300);
    assertThat(cancelled.getCount()).isEqualTo(1);
    caller.reset();
    assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_refusal_is_plain_http_and_the_connection_lives_on() throws Exception {
    ask();
    answer.complete(
        RestResponse.of(403, HttpHeaders.of("Content-Type", "text/plain"), HttpBody.of("no")));
    assertThat(caller.head())
        .startsWith("HTTP/1.1 403")
        .doesNotContainIgnoringCase("Upgrade", "charset");
    assertThat(caller.text(2)).isEqualTo("no");
    caller.head("GET /api/kubernetes/x HTTP/1.1");
    assertThat(caller.head()).startsWith("HTTP/1.1 403");
  }

  @Test
  void two_upgrades_in_a_row_do_not_disturb_each_other() throws Exception {
    upgrade();
    toCaller.complete();
    assertThat(caller.isEnded()).isTrue();
    try (Caller next = new Caller(running.port())) {
      Parts parts = new Parts();
      next.head("GET /api/kubernetes/x HTTP/1.1");
      assertThat(next.head()).startsWith("HTTP/1.1 ");
      parts.cancel();
    }
  }
}
