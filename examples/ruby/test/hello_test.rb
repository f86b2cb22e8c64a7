require "minitest/autorun"
require "rack/mock_request"
require "hello"

class HelloTest < Minitest::Test
  { "/" => "Hello, world!\n", "/Ada" => "Hello, Ada!\n" }.each do |path, greeting|
    define_method("test_GET_#{path}") do
      answer = Rack::MockRequest.new(Hello).get(path)
      assert_equal [200, greeting], [answer.status, answer.body]
    end
  end
end
