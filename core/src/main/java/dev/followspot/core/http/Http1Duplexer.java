package dev.followspot.core.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseFactory;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.nio.DefaultHttpResponseParser;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.http.nio.ContentDecoder;
import org.apache.hc.core5.http.nio.ContentEncoder;
import org.apache.hc.core5.http.nio.SessionInputBuffer;
import org.apache.hc.core5.http.nio.SessionOutputBuffer;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 for streams, in three ways stricter than HttpCore's own: a body that was given up is
 * never ended as if it were complete, what came before an answer broke off is given on, and what
 * follows a 101 is not taken for HTTP.
 */
final class Http1Duplexer extends ClientHttp1StreamDuplexer {

  /** Ends a body that is complete; HttpCore ends one that it gives up without trailers. */
  static final List<Header> COMPLETE = List.of();

  /** Three buffers of this size belong to each connection. */
  private static final int BUFFER = 16 << 10;

  /** Headers are bytes to us: none of them may change on the way. */
  private static final CharCodingConfig CHARACTERS =
      CharCodingConfig.custom().setCharset(StandardCharsets.ISO_8859_1).build();

  private static final Http1Config CONFIG =
      Http1Config.custom()
          .setBufferSize(BUFFER)
          .setMaxHeaderCount(Connector.MAX_HEADERS)
          .setMaxLineLength(Connector.MAX_HEADER_LINE)
          .setMaxEmptyLineCount(10)
          .build();

  private Http1Duplexer(ProtocolIOSession session, HttpProcessor processor) {
    super(
        session,
        processor,
        CONFIG,
        CHARACTERS,
        null,
        new Parser(),
        new DefaultHttpRequestWriterFactory(CONFIG).create(),
        null,
        null,
        null);
  }

  static void start(ProtocolIOSession session, HttpProcessor processor) {
    ClientHttp1IOEventHandler handler =
        new ClientHttp1IOEventHandler(new Http1Duplexer(session, processor));
    session.upgrade(handler);
    try {
      handler.connected(session);
    } catch (IOException e) {
      handler.exception(session, e);
    }
  }

  @Override
  protected ContentEncoder createContentEncoder(
      long length,
      WritableByteChannel channel,
      SessionOutputBuffer buffer,
      BasicHttpTransportMetrics metrics)
      throws HttpException {
    return new HonestEncoder(super.createContentEncoder(length, channel, buffer, metrics));
  }

  @Override
  protected @Nullable ContentDecoder createContentDecoder(
      long length,
      ReadableByteChannel channel,
      SessionInputBuffer buffer,
      BasicHttpTransportMetrics metrics)
      throws HttpException {
    return new HonestDecoder(
        super.createContentDecoder(length, channel, new ChunkHeads(buffer), metrics));
  }

  private static final class HonestDecoder implements ContentDecoder {
    private final ContentDecoder decoder;
    private @Nullable IOException broken;

    private HonestDecoder(ContentDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (broken != null) {
        throw broken;
      }
      int before = into.position();
      try {
        return decoder.read(into);
      } catch (IOException e) {
        if (into.position() == before) {
          throw e;
        }
        // The end of the stream is still there to be read, and leads back here.
        broken = e;
        return into.position() - before;
      }
    }

    @Override
    public boolean isCompleted() {
      return broken == null && decoder.isCompleted();
    }

    @Override
    public @Nullable List<? extends Header> getTrailers() {
      return decoder.getTrailers();
    }
  }

  private static final class HonestEncoder implements ContentEncoder {
    private final ContentEncoder encoder;
    private boolean givenUp;

    private HonestEncoder(ContentEncoder encoder) {
      this.encoder = encoder;
    }

    @Override
    public int write(ByteBuffer part) throws IOException {
      return encoder.write(part);
    }

    @Override
    public void complete(@Nullable List<? extends Header> trailers) throws IOException {
      if (trailers == null) {
        givenUp = true;
      } else {
        encoder.complete(trailers);
      }
    }

    @Override
    public boolean isCompleted() {
      return givenUp || encoder.isCompleted();
    }
  }

  /** The head of a 101, and the first bytes of the other protocol. */
  static final class Switching extends BasicHttpResponse {

    private static final long serialVersionUID = 1L;

    private transient ByteBuffer rest = ByteBuffer.allocate(0);

    private Switching(int code, @Nullable String reason) {
      super(code, reason);
    }

    ByteBuffer rest() {
      return rest;
    }
  }

  private static final class Parser extends DefaultHttpResponseParser<HttpResponse> {

    private Parser() {
      super(CONFIG, LazyLaxLineParser.INSTANCE, new Heads());
    }

    @Override
    public @Nullable HttpResponse parse(SessionInputBuffer in, boolean endOfStream)
        throws IOException, HttpException {
      HttpResponse head = super.parse(in, endOfStream);
      if (head instanceof Switching switching && in.length() > 0) {
        switching.rest = ByteBuffer.allocate(in.length());
        in.read(switching.rest);
        switching.rest.flip();
      }
      return head;
    }
  }

  private static final class Heads implements HttpResponseFactory<HttpResponse> {

    @Override
    public HttpResponse newHttpResponse(int status) {
      return newHttpResponse(status, null);
    }

    @Override
    public HttpResponse newHttpResponse(int status, @Nullable String reason) {
      return status == 101 ? new Switching(status, reason) : new BasicHttpResponse(status, reason);
    }
  }
}
