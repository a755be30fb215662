package dev.followspot.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * What a kubelet does with an upgraded connection. A container knows three commands: {@code cat}
 * gives back its input, {@code fail} complains and ends with 3, any other command is said back. A
 * port gives back what it gets.
 */
final class Kubelet {

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int CLOSE = 255;

  private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
  private static final List<String> CHANNELS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

  private final InputStream in;
  private final OutputStream out;
  private final String head;
  private final URI target;
  private final Queue<String> events;

  Kubelet(InputStream in, OutputStream out, String head, URI target, Queue<String> events) {
    this.in = in;
    this.out = out;
    this.head = head;
    this.target = target;
    this.events = events;
  }

  void serve() throws IOException {
    String what = target.getPath().substring(target.getPath().lastIndexOf('/') + 1);
    try {
      serve(what);
    } finally {
      events.add(what + " ended");
    }
  }

  private void serve(String what) throws IOException {
    if (NodeCluster.header(head, "upgrade").equalsIgnoreCase("websocket")) {
      String protocol = choose(NodeCluster.header(head, "sec-websocket-protocol"));
      events.add(what + " " + protocol);
      Frames frames =
          Frames.accept(in, out, NodeCluster.header(head, "sec-websocket-key"), protocol);
      if (protocol.equals(TUNNEL)) {
        echo(new Spdy(frames.messages(), frames.writer()));
      } else if (what.equals("exec")) {
        exec(frames);
      } else {
        echo(frames);
      }
    } else {
      String protocol = what.equals("exec") ? "v4.channel.k8s.io" : "portforward.k8s.io";
      events.add(what + " " + NodeCluster.header(head, "upgrade") + " " + protocol);
      String answer =
          """
          HTTP/1.1 101 Switching Protocols\r
          Connection: Upgrade\r
          Upgrade: SPDY/3.1\r
          X-Stream-Protocol-Version: %s\r
          \r
          """;
      out.write(answer.formatted(protocol).getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      Spdy spdy = new Spdy(in, out);
      if (what.equals("exec")) {
        exec(spdy);
      } else {
        echo(spdy);
      }
    }
  }

  private static String choose(String offered) {
    List<String> protocols = Arrays.stream(offered.split(",", -1)).map(String::strip).toList();
    return protocols.contains(TUNNEL)
        ? TUNNEL
        : CHANNELS.stream().filter(protocols::contains).findFirst().orElse("");
  }

  private List<String> query(String name) {
    return Arrays.stream(target.getQuery().split("&", -1))
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .toList();
  }

  private void exec(Frames frames) throws IOException {
    List<String> command = query("command");
    if (command.get(0).equals("cat")) {
      for (byte[] message = frames.read(); message != null; message = frames.read()) {
        if ((message[0] & 0xff) == CLOSE) {
          break;
        } else if (message[0] == STDIN && message.length > 1) {
          frames.write(STDOUT, Arrays.copyOfRange(message, 1, message.length));
        }
      }
    } else {
      frames.write(command.get(0).equals("fail") ? STDERR : STDOUT, said(command));
    }
    frames.write(ERROR, status(command));
    frames.end();
    while (frames.read() != null) {
      // Until the client has heard of the end.
    }
  }

  private static byte[] said(List<String> command) {
    return (String.join(" ", command) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] status(List<String> command) {
    String status =
        command.get(0).equals("fail")
            ? """
              {"metadata":{},"status":"Failure","reason":"NonZeroExitCode","message":"exit code 3",
              "details":{"causes":[{"reason":"ExitCode","message":"3"}]}}
              """
            : "{\"metadata\":{},\"status\":\"Success\"}";
    return status.getBytes(StandardCharsets.UTF_8);
  }

  /** kubectl opens the streams of errors, input (if any), output and complaints, in this order. */
  private void exec(Spdy spdy) throws IOException {
    List<String> command = query("command");
    int input = query("stdin").contains("true") ? 3 : -1;
    int output = input + (input < 0 ? 4 : 2);
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    spdy.serve(
        new Spdy.Streams() {
          @Override
          public void opened(int stream) throws IOException {
            if (input < 0 && stream == output + 2) {
              finish();
            }
          }

          @Override
          public void received(int stream, byte[] data) {
            if (stream == input) {
              typed.writeBytes(data);
            }
          }

          @Override
          public void ended(int stream) throws IOException {
            if (stream == input) {
              finish();
            }
          }

          private void finish() throws IOException {
            boolean failed = command.get(0).equals("fail");
            spdy.write(
                failed ? output + 2 : output,
                command.get(0).equals("cat") ? typed.toByteArray() : said(command));
            spdy.write(1, status(command));
            for (int stream : new int[] {output, output + 2, 1}) {
              spdy.end(stream);
            }
          }
        });
  }

  /** kubectl opens two streams for each connection: one of errors, then that of the data. */
  private static void echo(Spdy spdy) throws IOException {
    spdy.serve(
        new Spdy.Streams() {
          @Override
          public void opened(int stream) {}

          @Override
          public void received(int stream, byte[] data) throws IOException {
            spdy.write(stream, data);
          }

          @Override
          public void ended(int stream) throws IOException {
            if (stream % 4 == 3) {
              spdy.end(stream);
              spdy.end(stream - 2);
            }
          }
        });
  }

  /** Each port has a channel of data and one of errors, which begin with its number. */
  private void echo(Frames frames) throws IOException {
    int port = Integer.parseInt(query("ports").get(0));
    for (int channel = 0; channel < 2; channel++) {
      frames.write(channel, new byte[] {(byte) port, (byte) (port >> 8)});
    }
    for (byte[] message = frames.read(); message != null; message = frames.read()) {
      if (message.length > 1 && message[0] == 0) {
        frames.write(0, Arrays.copyOfRange(message, 1, message.length));
      }
    }
  }
}
