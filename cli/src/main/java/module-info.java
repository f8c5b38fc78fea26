import org.jspecify.annotations.NullMarked;

/// The `sinter` command.
@NullMarked
module dev.sinter.cli {
    requires static org.jspecify;
    requires dev.sinter.ir;
    requires dev.sinter.hardware;
    requires dev.sinter.frontend;
    requires dev.sinter.backend.jvm;
    requires dev.sinter.backend.opencl;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.desktop;
    requires me.tongfei.progressbar;
}
