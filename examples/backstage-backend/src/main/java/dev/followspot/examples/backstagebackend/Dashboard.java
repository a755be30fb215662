package dev.followspot.examples.backstagebackend;

import java.net.URI;
import java.net.URL;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.jspecify.annotations.Nullable;

/**
 * Serves the dashboard at {@code /}: the files that the jar has of it, by their exact paths and
 * nothing else. Where it has none, {@code /} says so; all other paths go on.
 */
final class Dashboard extends Handler.Wrapper {

  static final String MISSING =
      "This backend was built without the dashboard, since npm with Node 20.19 or later was not"
          + " found, or dashboard.skip was set; build it again where it is on the PATH.";

  /** Everything from here, nothing from anywhere else, and in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String ROOT = "/";
  private static final String INDEX = "index.html";

  /**
   * The name of a file below it tells what is in it. Of any other nobody keeps a copy: length and
   * time of the page are the same in every build.
   */
  private static final String ASSETS = "/assets/";

  private final Handler next;
  private final Set<String> paths;

  /**
   * Serves the dashboard.
   *
   * @param index where its page is, beside its other files; null if there is none
   * @param next handles everything else
   */
  Dashboard(@Nullable URL index, Handler next) {
    super(next);
    this.next = next;
    if (index == null) {
      paths = Set.of();
      return;
    }
    String page = index.toString();
    Resource folder =
        ResourceFactory.of(this)
            .newResource(URI.create(page.substring(0, page.length() - INDEX.length())));
    paths = paths(folder);
    ResourceHandler files = new ResourceHandler(next);
    files.setBaseResource(folder);
    files.setDirAllowed(false);
    files.setPrecompressedFormats(CompressedContentFormat.GZIP);
    setHandler(files);
  }

  /** Where its page is in the jar; null if it was built without. */
  static @Nullable URL page() {
    return Dashboard.class.getResource("/dev/followspot/examples/dashboard/" + INDEX);
  }

  private static Set<String> paths(Resource folder) {
    return Stream.concat(
            Stream.of(ROOT),
            folder.getAllResources().stream()
                .filter(file -> !file.isDirectory())
                .map(file -> ROOT + folder.getPathTo(file).toString().replace('\\', '/')))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
      return next.handle(request, response, callback);
    }
    if (paths.contains(path)) {
      protect(response.getHeaders(), path);
      return super.handle(request, response, callback);
    }
    if (paths.isEmpty() && ROOT.equals(path)) {
      response.setStatus(HttpStatus.NOT_FOUND_404);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      Content.Sink.write(
          response, true, MISSING + " The API is at " + WebServer.BASE_PATH + ".\n", callback);
      return true;
    }
    return next.handle(request, response, callback);
  }

  private static void protect(HttpFields.Mutable headers, String path) {
    headers.put("Content-Security-Policy", POLICY);
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put(
        HttpHeader.CACHE_CONTROL,
        path.startsWith(ASSETS) ? "max-age=31536000, immutable" : "no-store");
  }
}
