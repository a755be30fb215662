package dev.followspot.examples.backstagebackend;

import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;

/** The server cannot listen where it should. */
final class ListenException extends Exception {

  private static final long serialVersionUID = 1L;

  private ListenException(String message, Throwable cause) {
    super(message, cause);
  }

  static ListenException of(ServerSettings settings, Throwable failure) {
    ListenAddress address = settings.listen();
    String why = "cannot listen on " + address + ": ";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof UnresolvedAddressException) {
        return new ListenException(
            why + "the name of the host is not known; correct backend.listen", failure);
      }
      if (text.contains("Permission denied")) {
        return new ListenException(
            why + "ports below 1024 need special rights; choose another one with --port", failure);
      }
      if (text.contains("in use")) {
        return new ListenException(
            why + "the port is in use; stop what uses it, or choose another one with --port",
            failure);
      }
      if (cause instanceof BindException || cause instanceof SocketException) {
        return new ListenException(
            why + Texts.line(text, 200) + "; correct backend.listen", failure);
      }
    }
    return new ListenException(why + failure, failure);
  }
}
