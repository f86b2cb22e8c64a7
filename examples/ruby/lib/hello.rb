# A Rack application: a request's environment in; status, headers and body out.
module Hello
  def self.greeting(path)
    name = path.delete_prefix("/")
    "Hello, #{name.empty? ? "world" : name}!\n"
  end

  def self.call(env)
    [200, { "content-type" => "text/plain; charset=utf-8" }, [greeting(env["PATH_INFO"])]]
  end
end
