// SPDX-License-Identifier: Apache-2.0
/// What of ONNX's protobuf classes becomes the graph's own types.
#pragma once

#define ONNX_ML 1
#define ONNX_NAMESPACE onnx
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <onnx/onnx_pb.h>
#pragma GCC diagnostic pop

#include <filesystem>
#include <string>

#include "network/model.hpp"
#include "network/tensor.hpp"

namespace network {

/// The tensor, its external data read from files inside `folder`. `what` names it in messages.
/// Throws base::Error: element types that the tool does not compute with, sizes that do not fit the
/// shape, external data that is missing, short or outside the folder, NaN.
Tensor read_tensor(const onnx::TensorProto& proto, const std::filesystem::path& folder,
                   const std::string& what);
/// `bytes` bytes of the file that the tensor names, and its place there. Throws base::Error: a file
/// that is missing, short or outside `folder`, another length.
std::string read_external(const onnx::TensorProto& proto, std::size_t bytes,
                          const std::filesystem::path& folder, const std::string& what);
/// ONNX's number of an element type; refuses those that the tool does not compute with. `what`: the
/// place that begins the message, without it there is none.
Type type_of(std::int64_t onnx_type);
Type type_of(std::int64_t onnx_type, const std::string& what);

Attribute read_attribute(const onnx::AttributeProto& proto, const std::filesystem::path& folder,
                         const std::string& what);

/// Throws base::Error; `what`: the place that begins the message.
[[noreturn]] void fail_at(const std::string& what, const std::string& message);
/// A name of the file with everything unprintable as `?`, cut to a line.
std::string printable(const std::string& name);

}  // namespace network
