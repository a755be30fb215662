package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kubectl does with containers, through the proxy. */
@SuppressWarnings("try")
class KubectlStreamsEnvtestTest {

  private final Portal portal = Portal.shared();
  @TempDir private Path folder;
  private Relay relay;

  @BeforeEach
  void way_to_the_cluster() throws IOException {
    relay = portal.relay(Portal.NODES);
  }

  @AfterEach
  void close() throws Exception {
    relay.close();
    portal.nodes().awaitIdle();
  }

  /** Over WebSockets, as it does by itself, or over the older SPDY. */
  private Kubectl start(boolean webSockets, String... args) throws IOException {
    Map<String, String> environment =
        Map.of(
            "KUBECTL_REMOTE_COMMAND_WEBSOCKETS", String.valueOf(webSockets),
            "KUBECTL_PORT_FORWARD_WEBSOCKETS", String.valueOf(webSockets));
    return Kubectl.start(folder, relay.proxyUrl(), environment, args);
  }

  private String event() throws InterruptedException {
    return portal.nodes().event();
  }

  @Test
  void a_followed_log_comes_line_by_line_until_the_reader_goes() throws Exception {
    try (Kubectl logs = start(true, "logs", "-f", "web", "-n", "shop")) {
      for (String line : new String[] {"first", "second", "third"}) {
        portal.nodes().say(line);
        logs.await(line);
      }
    }
    assertThat(event()).isEqualTo("log ended");
  }

  @ParameterizedTest
  @CsvSource({"true, exec v5.channel.k8s.io", "false, exec SPDY/3.1 v4.channel.k8s.io"})
  void a_command_gets_its_input_and_says_its_output(boolean webSockets, String asked)
      throws Exception {
    try (Kubectl exec = start(webSockets, "exec", "web", "-n", "shop", "--", "echo", "hello")) {
      assertThat(exec.succeeded()).isEqualTo("echo hello");
      assertThat(event()).isEqualTo(asked);
      assertThat(event()).isEqualTo("exec ended");
    }
    try (Kubectl cat = start(webSockets, "exec", "-i", "web", "-n", "shop", "--", "cat")) {
      String text = "what was typed\n".repeat(10_000);
      assertThat(cat.type(text).succeeded() + "\n").isEqualTo(text);
      assertThat(event()).isEqualTo(asked);
      assertThat(event()).isEqualTo("exec ended");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_kubectl_that_is_killed_ends_what_it_ran(boolean webSockets) throws Exception {
    try (Kubectl cat = start(webSockets, "exec", "-i", "web", "-n", "shop", "--", "cat")) {
      assertThat(event()).startsWith("exec ");
      assertThat(cat.isRunning()).isTrue();
    }
    assertThat(event()).isEqualTo("exec ended");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_command_that_fails_tells_its_complaint_and_its_exit_code(boolean webSockets)
      throws Exception {
    try (Kubectl exec = start(webSockets, "exec", "web", "-n", "shop", "--", "fail", "loudly")) {
      assertThat(exec.exitCode()).isEqualTo(3);
      assertThat(exec.out()).isEmpty();
      assertThat(exec.err()).contains("fail loudly", "exit code 3");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, portforward SPDY/3.1+portforward.k8s.io",
    "false, portforward SPDY/3.1 portforward.k8s.io"
  })
  void a_forwarded_port_passes_bytes_in_both_directions(boolean webSockets, String asked)
      throws Exception {
    try (Kubectl forward = start(webSockets, "port-forward", "pod/web", ":8080", "-n", "shop")) {
      forward.await("Forwarding from 127.0.0.1:");
      Matcher port = Pattern.compile("127\\.0\\.0\\.1:(\\d+)").matcher(forward.out());
      assertThat(port.find()).isTrue();
      for (int connection = 0; connection < 3; connection++) {
        byte[] sent =
            ("connection " + connection + "\n").repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
          Relay.daemon(
              () -> {
                try {
                  socket.getOutputStream().write(sent);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
          assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
      }
      assertThat(event()).isEqualTo(asked);
    }
    assertThat(event()).isEqualTo("portforward ended");
  }
}
