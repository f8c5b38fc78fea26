import org.jspecify.annotations.NullMarked;

/// The `sinter` command.
@NullMarked
module dev.sinter.cli {
    requires static org.jspecify;
    requires dev.sinter.ir;
    requires dev.sinter.hardware;
    requires dev.sinter.frontend;
    requires dev.sinter.training;
    requires dev.sinter.backend.fpga;
    requires dev.sinter.backend.jvm;
    requires dev.sinter.backend.opencl;
    requires dev.sinter.backend.tornado;
    requires com.fasterxml.jackson.databind;
    requires info.picocli;
    requires java.desktop;
    requires me.tongfei.progressbar;

    // Options are set in fields.
    opens dev.sinter.cli to
            info.picocli;
    opens dev.sinter.cli.command to
            info.picocli;
    opens dev.sinter.cli.option to
            info.picocli;

    // Reports are records that become JSON.
    opens dev.sinter.cli.artifact to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.bench to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.conformance to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.device to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.explain to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.file to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.hardware to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.inspect to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.quantize to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.run to
            com.fasterxml.jackson.databind;
    opens dev.sinter.cli.verify to
            com.fasterxml.jackson.databind;
}
