import org.jspecify.annotations.NullMarked;

/// Kernels as hardware: Verilog that is printed from the very kernels that other devices run, simulated, and taken to a
/// bitstream.
///
/// It is a module of its own, and none of the OpenCL one's, since it shares nothing with that but the kernels: no
/// device runs here, memory is made as it is needed, and what it ends in are files for other tools.
@NullMarked
module dev.sinter.backend.fpga {
    requires static org.jspecify;
    requires transitive dev.sinter.ir;
    requires dev.sinter.hardware;

    exports dev.sinter.backend.fpga;
}
